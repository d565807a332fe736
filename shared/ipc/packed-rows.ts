import { z } from 'zod';
import { type Integrity, integrityStates } from '../model/integrity.ts';
import { MetricPacker, MetricUnpacker } from '../model/metric-values.ts';
import { metadataSources, versionKinds } from '../model/version.ts';
import type { VersionRow } from '../model/version-row.ts';

/** What crosses of a row: all of it belong to one run, which is told beside them. */
export type PackedRow = Omit<VersionRow, 'runId'>;

/**
 * Rows on their way to the page: arrays of numbers and one long string cross many times faster than a hundred thousand
 * objects, or their JSON.
 */
export const packedRowsSchema = z.strictObject({
  numbers: z.instanceof(Float64Array<ArrayBuffer>),
  words: z.string(),
  shapes: z.array(z.array(z.string())).readonly(),
  values: z.instanceof(Float64Array<ArrayBuffer>),
});
export type PackedRows = z.infer<typeof packedRowsSchema>;

/** Stands in no file's name, and in JSON only escaped. */
const separator = '\0';
const columns = 12;
const wordsPerRow = 8;
const flag = { version: 1, step: 2, episode: 4, reward: 8, best: 16, latest: 32, pinned: 64 };

/** Everything of a row but its metrics is a number, or a word that is empty where it says nothing. */
export function packRows(rows: readonly PackedRow[]): PackedRows {
  const numbers = new Float64Array(rows.length * columns);
  const words: string[] = [];
  const metrics = new MetricPacker();
  for (const [index, row] of rows.entries()) {
    writeNumbers(numbers, index * columns, row, metrics.add(row.metrics));
    const { tags, problems, integrity, symbol, notes } = row;
    words.push(row.id, row.timestamp ?? '', row.checksum ?? '', listWord(tags), listWord(problems));
    words.push(isPlain(integrity, row.checksum) ? '' : JSON.stringify(integrity));
    words.push(symbol ?? '', notes ?? '');
  }
  const { shapes, values } = metrics.take();
  return { numbers, words: words.join(separator), shapes: shapes.map((names) => [...names]), values };
}

/** Sets of names of metrics that were met before, by their JSON. */
export type KnownShapes = Map<string, readonly string[]>;

/** @param known kept by who unpacks: readers of metrics find their place once for rows that share their names, not once per page */
export function unpackRows(packed: PackedRows, runId: string, known: KnownShapes = new Map()): VersionRow[] {
  const { numbers, words, values } = packed;
  const word = words.split(separator);
  const shapes = packed.shapes.map((names) => sharedShape(names, known));
  const metrics = new MetricUnpacker({ shapes, values });
  return Array.from({ length: numbers.length / columns }, (_, index) =>
    rowAt(runId, numbers, index * columns, word, index * wordsPerRow, metrics),
  );
}

function sharedShape(names: readonly string[], known: KnownShapes): readonly string[] {
  const key = JSON.stringify(names);
  const shared = known.get(key) ?? names;
  known.set(key, shared);
  return shared;
}

function writeNumbers(numbers: Float64Array, at: number, row: PackedRow, shape: number): void {
  numbers[at] = row.handle;
  numbers[at + 1] = flagsOf(row);
  numbers[at + 2] = versionKinds.indexOf(row.kind);
  numbers[at + 3] = integrityStates.indexOf(row.integrity.state);
  numbers[at + 4] = metadataSources.indexOf(row.metadata_source);
  numbers[at + 5] = row.version ?? 0;
  numbers[at + 6] = row.step ?? 0;
  numbers[at + 7] = row.episode ?? 0;
  numbers[at + 8] = row.reward ?? 0;
  numbers[at + 9] = row.file_size_bytes;
  numbers[at + 10] = row.backups;
  numbers[at + 11] = shape;
}

/** Absent is told by flags: every number, NaN too, may stand for itself. */
function flagsOf({ version, step, episode, reward, is_best, is_latest, pinned }: PackedRow): number {
  return (
    (version === null ? 0 : flag.version) |
    (step === null ? 0 : flag.step) |
    (episode === null ? 0 : flag.episode) |
    (reward === null ? 0 : flag.reward) |
    (is_best ? flag.best : 0) |
    (is_latest ? flag.latest : 0) |
    (pinned ? flag.pinned : 0)
  );
}

function listWord(list: readonly string[]): string {
  return list.length === 0 ? '' : JSON.stringify(list);
}

/** What the state and the checksum on record say already. */
function plainIntegrity(state: Integrity['state'], checksum: string | null): Integrity {
  const expected = state === 'missing' ? null : checksum;
  return { state, detail: null, cause: null, expected, actual: null, checked_at: null };
}

function isPlain(integrity: Integrity, checksum: string | null): boolean {
  const { detail, cause, expected, actual, checked_at } = integrity;
  const isBare = detail === null && cause === null && actual === null && checked_at === null;
  return isBare && expected === plainIntegrity(integrity.state, checksum).expected;
}

function rowAt(
  runId: string,
  numbers: Float64Array,
  at: number,
  words: readonly string[],
  word: number,
  metrics: MetricUnpacker,
): VersionRow {
  const number = (column: number) => numbers[at + column] as number;
  const text = (index: number) => words[word + index] as string;
  const flags = number(1);
  const checksum = orNull(text(2));
  const state = integrityStates[number(3)] as Integrity['state'];
  return {
    handle: number(0),
    runId,
    id: text(0),
    kind: versionKinds[number(2)] as VersionRow['kind'],
    version: flags & flag.version ? number(5) : null,
    timestamp: orNull(text(1)),
    step: flags & flag.step ? number(6) : null,
    episode: flags & flag.episode ? number(7) : null,
    reward: flags & flag.reward ? number(8) : null,
    metrics: metrics.next(number(11)),
    symbol: orNull(text(6)),
    tags: listOf(text(3)),
    notes: orNull(text(7)),
    pinned: (flags & flag.pinned) !== 0,
    file_size_bytes: number(9),
    checksum,
    metadata_source: metadataSources[number(4)] as VersionRow['metadata_source'],
    integrity: text(5) === '' ? plainIntegrity(state, checksum) : (JSON.parse(text(5)) as Integrity),
    is_best: (flags & flag.best) !== 0,
    is_latest: (flags & flag.latest) !== 0,
    backups: number(10),
    problems: listOf(text(4)),
  };
}

function orNull(word: string): string | null {
  return word === '' ? null : word;
}

const nothing: string[] = [];

function listOf(word: string): string[] {
  return word === '' ? nothing : (JSON.parse(word) as string[]);
}
