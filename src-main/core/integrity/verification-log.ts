import { join } from 'node:path';
import { z } from 'zod';
import { integritySchema } from '../../../shared/model/integrity.ts';
import { isFile, tryLookAt } from '../files/file-identity.ts';
import { readText } from '../files/read-text.ts';
import { Reserve } from '../files/reserve.ts';
import { makeBookkeepingFolder } from '../files/run-bookkeeping.ts';
import { appendText, replaceText } from '../files/write-text.ts';
import { rememberedSidecarSchema } from './remember-sidecar.ts';
import { isLasting, type Verification } from './verification.ts';

const fileName = 'verifications.jsonl';
const limit = 512 * 1024 * 1024;
/** Superseded lines are left in the file until they are this many, and more than those that count. */
const slack = 1000;

const verificationSchema = z.object({
  id: z.string(),
  identity: z
    .object({ dev: z.number(), ino: z.number(), size: z.number(), mtimeMs: z.number(), ctimeMs: z.number() })
    .nullable(),
  recorded: z.string().nullable(),
  integrity: integritySchema,
  sidecar: rememberedSidecarSchema.optional(),
  recognised: z.boolean().optional(),
});

/**
 * What verifying found, remembered across sessions: one JSON line per result, the newest of an id counts. It is a cache of
 * facts that can be found again: a line that cannot be read, or is lost in a crash, costs one more reading of a file. So it needs
 * none of the care that writing to a run does.
 */
export class VerificationLog {
  readonly #folder: string;
  readonly #known = new Map<string, Verification>();
  #lines = 0;
  /** What a crash left half-written ends here. */
  #separator: '' | '\n' = '';
  /** Of the file, as far as it is known what it says: its inode, 0 for none, and its size in bytes. */
  #read = { ino: 0, size: 0 };

  constructor(folder: string) {
    this.#folder = folder;
    this.refresh();
  }

  /** Takes in what other processes remembered since. What this one could not write down stays. */
  refresh(): void {
    const look = tryLookAt(this.#path);
    if (!isFile(look) || (look.ino === this.#read.ino && look.size === this.#read.size)) return;
    const text = readLog(this.#path);
    const lines = text.split('\n').flatMap(parseLine);
    this.#separator = text === '' || text.endsWith('\n') ? '' : '\n';
    this.#lines = lines.length;
    this.#read = { ino: look.ino, size: Buffer.byteLength(text) };
    for (const verification of lines) this.#known.set(verification.id, verification);
  }

  get #path(): string {
    return join(this.#folder, fileName);
  }

  get(id: string): Verification | null {
    return this.#known.get(id) ?? null;
  }

  /** Takes results in and writes them down. Where they cannot be written they last as long as this object. */
  remember(verifications: readonly Verification[]): void {
    const lasting = verifications.filter(isLasting).map(({ files: _, ...rest }): Verification => rest);
    for (const verification of lasting) this.#known.set(verification.id, verification);
    if (lasting.length > 0) this.#write(lasting);
  }

  #write(lasting: readonly Verification[]): void {
    try {
      // Whoever only looked so far may come to prune when the disk is full.
      if (makeBookkeepingFolder(this.#folder)) new Reserve(this.#folder, false).keep();
      this.#append(lasting);
    } catch {
      // A full or read-only disk costs a later reading, never the result itself.
    }
  }

  #append(lasting: readonly Verification[]): void {
    this.#lines += lasting.length;
    if (this.#lines > 2 * this.#known.size + slack) return this.#rewrite();
    const text = this.#separator + toLines(lasting);
    appendText(this.#path, text);
    this.#separator = '';
    // Where others wrote too it is larger than that, and is read again when it counts.
    this.#wrote(this.#read.size + Buffer.byteLength(text));
  }

  #rewrite(): void {
    const text = toLines([...this.#known.values()]);
    replaceText(this.#path, text);
    this.#separator = '';
    this.#lines = this.#known.size;
    this.#wrote(Buffer.byteLength(text));
  }

  #wrote(size: number): void {
    const look = tryLookAt(this.#path);
    this.#read = { ino: isFile(look) ? look.ino : 0, size };
  }
}

function toLines(verifications: readonly Verification[]): string {
  return verifications.map((verification) => `${JSON.stringify(verification)}\n`).join('');
}

function readLog(path: string): string {
  try {
    return readText(path, limit);
  } catch {
    return '';
  }
}

function parseLine(line: string): Verification[] {
  try {
    const result = verificationSchema.safeParse(JSON.parse(line));
    return result.success ? [result.data] : [];
  } catch {
    return [];
  }
}
