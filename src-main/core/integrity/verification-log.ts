import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { integritySchema } from '../../../shared/model/integrity.ts';
import type { Problem } from '../../../shared/model/run.ts';
import { weightsFoundSchema } from '../../../shared/model/weights-found.ts';
import { fewLinesIn } from '../files/lines-in.ts';
import { placeAfter, placeIn, type ReadLines, readLinesSince } from '../files/read-lines-since.ts';
import { Reserve } from '../files/reserve.ts';
import { makeBookkeepingFolder } from '../files/run-bookkeeping.ts';
import { appendText, replaceText } from '../files/write-text.ts';
import { formatCount } from '../formats/plain-text.ts';
import { ownFolder } from '../operations/operation.ts';
import { rememberedSidecarSchema } from './remember-sidecar.ts';
import { isLasting, type Verification } from './verification.ts';

/** Its name in the bookkeeping. */
export const verificationsFile = 'verifications.jsonl';
const limit = 512 * 1024 * 1024;
/** Superseded lines are left in the file until they are this many, and more than those that count. */
const slack = 1000;
/** Of a million versions there are not as many: whatever else wrote them, nothing of the file is believed. */
const mostLines = 2_000_000;

const identitySchema = z.object({
  ...{ dev: z.number(), ino: z.number(), size: z.number() },
  ...{ mtimeMs: z.number(), ctimeMs: z.number() },
});

const verificationSchema = z.object({
  id: z.string(),
  identity: identitySchema.nullable(),
  recorded: z.string().nullable(),
  integrity: integritySchema,
  sidecar: rememberedSidecarSchema.optional(),
  recognised: z.boolean().optional(),
  weights: weightsFoundSchema.extend({ identity: identitySchema }).optional(),
});

/**
 * What verifying found, remembered across sessions, and by all who have the run open: one JSON line per result, the newest of an id
 * counts. It is a cache of facts that can be found again: a line that cannot be read, or is lost in a crash, costs one more reading of a
 * file. So it needs none of the care that writing to a run does.
 */
export class VerificationLog {
  readonly #folder: string;
  readonly #path: string;
  readonly #known = new Map<string, Verification>();
  /** What others wrote since {@link refresh} told of it. */
  readonly #news = new Map<string, Verification>();
  #lines = 0;
  #isTooLong = false;
  #revision = 0;
  /** How far the file is known. */
  #read: Omit<ReadLines, 'text'> = { place: null, isCut: false };

  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, verificationsFile);
    this.#readOn();
    this.#news.clear();
  }

  get(id: string): Verification | null {
    return this.#known.get(id) ?? null;
  }

  /** Another number whenever something else is known. */
  get revision(): number {
    return this.#revision;
  }

  /** That what was found earlier does not count. */
  get problems(): Problem[] {
    if (!this.#isTooLong) return [];
    const folder = basename(this.#folder) === ownFolder ? ownFolder : this.#folder;
    const problem = `has more than ${formatCount(mostLines)} lines: what verifying found earlier does not count, and files are read again. It is written anew with the next result, and may be deleted`;
    return [{ path: `${folder}/${verificationsFile}`, problem }];
  }

  /** Takes in what others wrote since. @returns the results that are new, the newest of each id */
  refresh(): Verification[] {
    this.#readOn();
    const news = [...this.#news.values()];
    this.#news.clear();
    return news;
  }

  /** Takes results in and writes them down. Where they cannot be written they last as long as this object. */
  remember(verifications: readonly Verification[]): void {
    const lasting = verifications.flatMap((each) => this.#worthKeeping(each));
    for (const verification of lasting) {
      this.#know(verification);
      this.#news.delete(verification.id);
    }
    if (lasting.length > 0) this.#write(lasting);
  }

  /** With what is known beside it: a reading tells nothing of the weights, and measuring those nothing of the bytes. */
  #worthKeeping({ files: _, ...found }: Verification): Verification[] {
    const known = this.#known.get(found.id);
    const weights = found.weights ?? known?.weights;
    const read = isLasting(found) ? found : found.weights && (known ?? found);
    return read ? [{ ...read, ...(weights && { weights }) }] : [];
  }

  #readOn(): void {
    const { text, ...read } = tryReadOn(this.#path, this.#read.place);
    if (read.place?.ino !== this.#read.place?.ino) {
      this.#lines = 0;
      this.#isTooLong = false;
    }
    this.#read = read;
    const lines = fewLinesIn(text, mostLines);
    this.#isTooLong ||= lines === null;
    const found = (lines ?? []).flatMap(parseLine);
    this.#lines += found.length;
    for (const [id, verification] of new Map(found.map((each) => [each.id, each]))) {
      if (isSame(verification, this.#known.get(id))) continue;
      this.#know(verification);
      this.#news.set(id, verification);
    }
  }

  #know(verification: Verification): void {
    this.#known.set(verification.id, verification);
    this.#revision += 1;
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
    const { place, isCut } = this.#read;
    // What a crash left half-written ends here.
    const text = (isCut ? '\n' : '') + toLines(lasting);
    appendText(this.#path, text);
    this.#lines += lasting.length;
    this.#read = {
      place: isCut ? place : placeAfter(this.#path, place, Buffer.byteLength(text)),
      isCut: false,
    };
    if (this.#isTooLong || this.#lines > 2 * this.#known.size + slack) this.#rewrite();
  }

  /** Leaves out what is superseded; what others wrote until now stays. */
  #rewrite(): void {
    this.#readOn();
    const text = toLines([...this.#known.values()]);
    replaceText(this.#path, text);
    this.#lines = this.#known.size;
    this.#isTooLong = false;
    this.#read = { place: placeIn(this.#path, Buffer.byteLength(text)), isCut: false };
  }
}

/** @param known as it was made, not as it was read: with keys for what it does not have */
function isSame(read: Verification, known: Verification | undefined): boolean {
  return known !== undefined && isDeepStrictEqual(read, JSON.parse(JSON.stringify(known)));
}

function toLines(verifications: readonly Verification[]): string {
  return verifications.map((verification) => `${JSON.stringify(verification)}\n`).join('');
}

function tryReadOn(path: string, place: ReadLines['place']): ReadLines {
  try {
    return readLinesSince(path, place, limit);
  } catch {
    return { text: '', place: null, isCut: false };
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
