import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { stringifyJson, toNumber } from '../../../shared/model/json.ts';
import { jsonNumber } from '../../../shared/model/json-schemas.ts';
import type { Disk } from '../files/disk.ts';
import type { FileStatus } from '../files/file-identity.ts';
import { readLines } from '../files/read-lines.ts';
import { readChunks, stageFile } from '../files/stage-file.ts';
import { appendLine } from '../operations/append-line.ts';
import { syncFolder } from '../operations/run-folders.ts';
import type { Report } from './read-report.ts';

/** What tells a run of an evaluator from any other: what it would find again need not be found again. */
export interface RunKey {
  evaluator: string;
  /** SHA-256 of the file that is evaluated. */
  checksum: string;
  seed: number;
  episodes: number | null;
}

/** A run that succeeded: when it ended (ISO 8601 with zone), how long it took, and what it found. */
export interface RunResult {
  at: string;
  seconds: number;
  report: Report;
}

const numbers = z.record(z.string(), jsonNumber);
const resultSchema = z.strictObject({
  key: z.string(),
  at: z.string(),
  seconds: z.number(),
  metrics: numbers,
  episodes: z.record(z.string(), z.array(jsonNumber)),
});
const lineSchema = resultSchema.extend({ checksum: z.string() });

/** In bytes; no report has so many. */
const longestLine = 128 * 1024 * 1024;
/** So many bytes that count no more are left in the record, and as many as those that count. */
const usualSlack = 64 * 1024 * 1024;

/**
 * What runs of evaluators found, one JSON line each with a checksum of itself, the newest of a key counts. Lines are on the medium before a run
 * is told to be done, so that a benchmark that is cut off goes on where it was.
 */
export class ResultsRecord {
  readonly #disk: Disk;
  readonly #path: string;
  readonly #results = new Map<string, RunResult>();
  #damaged = 0;

  private constructor(disk: Disk, path: string) {
    this.#disk = disk;
    this.#path = path;
  }

  /**
   * @param slack for tests, in bytes
   * @throws system errors: that the disk fails says nothing of the record
   */
  static async open(disk: Disk, path: string, slack = usualSlack): Promise<ResultsRecord> {
    const record = new ResultsRecord(disk, path);
    const look = await disk.lookAt(path);
    if (look?.type === 'file') await record.#read(look, slack);
    return record;
  }

  /** Lines that are not what was written: those runs are done again. */
  get damaged(): number {
    return this.#damaged;
  }

  get(key: RunKey): RunResult | null {
    return this.#results.get(hashOf(key)) ?? null;
  }

  /** @throws system errors, with nothing on record */
  async add(key: RunKey, result: RunResult): Promise<void> {
    await appendLine(this.#disk, this.#path, lineOf(hashOf(key), result));
    this.#results.set(hashOf(key), result);
  }

  async #read(look: FileStatus, slack: number): Promise<void> {
    const sizes = new Map<string, number>();
    for await (const line of readLines(readChunks(this.#disk, this.#path), longestLine)) {
      const key = this.#take(line);
      if (key !== null) sizes.set(key, Buffer.byteLength(line ?? '') + 1);
    }
    const counting = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    if (look.size - counting > Math.max(counting, slack)) await this.#compact(look);
  }

  /** @returns the key that a line is of; null where it is damaged */
  #take(line: string | null): string | null {
    const read = line === null ? null : parseLine(line);
    if (read) this.#results.set(...read);
    else this.#damaged += 1;
    return read?.[0] ?? null;
  }

  /** Keeps what counts alone, unless that cannot be done. What another benchmark adds in the very moment of it is measured again. */
  async #compact({ ino, size, mode }: FileStatus): Promise<void> {
    const [disk, path, folder] = [this.#disk, this.#path, dirname(this.#path)];
    const staged = await stageFile(disk, folder, basename(path), linesOf(this.#results), mode).catch(
      () => null,
    );
    if (!staged) return;
    try {
      const now = await disk.lookAt(path);
      if (now?.ino !== ino || now.size !== size) throw new Error('it is another one by now');
      await disk.rename(staged.path, path);
    } catch {
      return disk.unlink(staged.path).catch(() => undefined);
    }
    // What is added next must not go with it.
    await syncFolder(disk, folder);
  }
}

function* linesOf(results: ReadonlyMap<string, RunResult>): Generator<Uint8Array> {
  for (const [hash, result] of results) yield Buffer.from(`${lineOf(hash, result)}\n`);
}

function lineOf(hash: string, { report, ...rest }: RunResult): string {
  const text = stringifyJson({ key: hash, ...rest, ...report });
  return `${text.slice(0, -1)},"checksum":"${sha256(text)}"}`;
}

/** A name for the files of a run: another run has another. */
export function hashOf({ evaluator, checksum, seed, episodes }: RunKey): string {
  return sha256(JSON.stringify([evaluator, checksum, seed, episodes]));
}

function parseLine(line: string): [string, RunResult] | null {
  try {
    const { checksum, ...written } = lineSchema.parse(JSON.parse(line));
    if (sha256(line.replace(/,"checksum":"\w+"\}$/, '}')) !== checksum) return null;
    const { key, at, seconds, metrics, episodes } = written;
    const lists = Object.entries(episodes).map(([name, values]) => [name, values.map(asNumber)] as const);
    const values = Object.entries(metrics).map(([name, value]) => [name, asNumber(value)] as const);
    const report = { metrics: Object.fromEntries(values), episodes: Object.fromEntries(lists) };
    return [key, { at, seconds, report }];
  } catch {
    return null;
  }
}

/** NaN and ±Infinity are texts in JSON of ours. */
function asNumber(value: unknown): number {
  return toNumber(value) ?? Number.NaN;
}

/** In lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
