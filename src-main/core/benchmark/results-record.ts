import { createHash } from 'node:crypto';
import { z } from 'zod';
import { stringifyJson, toNumber } from '../../../shared/model/json.ts';
import { jsonNumber } from '../../../shared/model/json-schemas.ts';
import type { Disk } from '../files/disk.ts';
import { readRecord } from '../files/read-record.ts';
import { appendLine } from '../operations/append-line.ts';
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

/**
 * What runs of evaluators found, one JSON line each with a checksum of itself, the newest of a key counts. Lines are on the medium before a run
 * is told to be done, so that a benchmark that is cut off goes on where it was.
 */
export class ResultsRecord {
  /** Lines that are not what was written: those runs are done again. */
  readonly damaged: number;
  readonly #disk: Disk;
  readonly #path: string;
  readonly #results: Map<string, RunResult>;

  private constructor(disk: Disk, path: string, lines: readonly string[]) {
    this.#disk = disk;
    this.#path = path;
    const read = lines.map(parseLine);
    this.damaged = read.filter((line) => line === null).length;
    this.#results = new Map(read.filter((line) => line !== null));
  }

  /** @throws system errors: that the disk fails says nothing of the record */
  static async open(disk: Disk, path: string): Promise<ResultsRecord> {
    const read = await readRecord(disk, path, (text) => text.split('\n').filter((line) => line !== ''));
    return new ResultsRecord(disk, path, read && 'value' in read ? read.value : []);
  }

  get(key: RunKey): RunResult | null {
    return this.#results.get(hashOf(key)) ?? null;
  }

  /** @throws system errors, with nothing on record */
  async add(key: RunKey, result: RunResult): Promise<void> {
    const { report, ...rest } = result;
    const text = stringifyJson({ key: hashOf(key), ...rest, ...report });
    await appendLine(this.#disk, this.#path, `${text.slice(0, -1)},"checksum":"${sha256(text)}"}`);
    this.#results.set(hashOf(key), result);
  }
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

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
