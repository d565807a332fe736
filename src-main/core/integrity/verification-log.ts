import { join } from 'node:path';
import { z } from 'zod';
import { integritySchema } from '../../../shared/model/integrity.ts';
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
  readonly #known: Map<string, Verification>;
  #lines: number;
  /** What a crash left half-written ends here. */
  #separator: '' | '\n';

  constructor(folder: string) {
    this.#folder = folder;
    const text = readLog(join(folder, fileName));
    const lines = text.split('\n').flatMap(parseLine);
    this.#separator = text === '' || text.endsWith('\n') ? '' : '\n';
    this.#lines = lines.length;
    this.#known = new Map(lines.map((verification) => [verification.id, verification]));
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
    if (this.#lines > 2 * this.#known.size + slack) this.#rewrite();
    else appendText(join(this.#folder, fileName), this.#separator + toLines(lasting));
    this.#separator = '';
  }

  #rewrite(): void {
    replaceText(join(this.#folder, fileName), toLines([...this.#known.values()]));
    this.#lines = this.#known.size;
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
