import { z } from 'zod';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { linesIn } from '../files/lines-in.ts';
import { type ReadPlace, readLinesSince } from '../files/read-lines-since.ts';
import { appendLine } from '../operations/append-line.ts';
import { NothingToDo } from '../operations/write-run.ts';

const fileName = 'adopted.jsonl';
/** Over a million adoptions. */
const limit = 256 * 1024 * 1024;
const lineSchema = z.object({ checksum: z.string() });

/** A file, or a folder, of another program that is adopted: the SHA-256 of its bytes, and its path in the folder that is watched. */
export interface Adoption {
  checksum: string;
  from: string;
}

/** Somebody else who watches the same folder, or one with the same bytes, was first. */
export class AlreadyAdopted extends NothingToDo {}

/**
 * What was ever adopted by a run from other folders: what was pruned since is not adopted again. It is on record in lines that only ever become
 * more, and read on from where it was read to: an adoption costs what others adopted since the last one.
 */
export class AdoptedChecksums {
  readonly #path: string;
  readonly #checksums = new Set<string>();
  #place: ReadPlace | null = null;

  /** @param bookkeeping the folder of what is noted of the run */
  constructor(bookkeeping: string) {
    this.#path = `${bookkeeping}/${fileName}`;
  }

  /** Takes in what others adopted until now. @throws ModelManagerError where it cannot be told */
  refresh(): void {
    for (const line of linesIn(this.#readOn())) {
      const checksum = checksumIn(line);
      if (checksum !== null) this.#checksums.add(checksum);
    }
  }

  /** Whether bytes of that SHA-256, in hex, were adopted, by anybody until now: under the run's lock that is sure. Throws as {@link refresh}. */
  has(checksum: string): boolean {
    this.refresh();
    return this.#checksums.has(checksum);
  }

  /** Only a save that holds the run's lock can be sure; asked before it, most need not take it. @throws AlreadyAdopted; as {@link refresh} */
  assertNew({ checksum, from }: Adoption): void {
    if (!this.has(checksum)) return;
    throw new AlreadyAdopted(
      `${escapeName(from, 400)} is not saved again — its bytes were adopted meanwhile, by another watch — there is nothing to do`,
    );
  }

  /** Remembers, for good, a file of another folder that is a version now. @throws system errors; in this process it is known all the same */
  async remember({ checksum, from }: Adoption, disk: Disk): Promise<void> {
    this.#checksums.add(checksum);
    await appendLine(disk, this.#path, JSON.stringify({ checksum, from, at: new Date().toISOString() }));
  }

  #readOn(): string {
    try {
      const { text, place } = readLinesSince(this.#path, this.#place, limit);
      this.#place = place;
      return text;
    } catch (cause) {
      if (errorCode(cause) === 'ENOENT' || errorCode(cause) === 'ENOTDIR') return '';
      throw new ModelManagerError(
        `what was adopted before cannot be told — ${escapeName(this.#path)}: ${explainError(cause)} — move that file away: what was pruned since, and still lies in a watched folder, is saved once more by the next watch`,
        { path: this.#path, cause },
      );
    }
  }
}

function checksumIn(line: string): string | null {
  try {
    return lineSchema.parse(JSON.parse(line)).checksum;
  } catch {
    return null;
  }
}
