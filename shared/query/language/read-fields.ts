import { metricReader } from '../../model/metric.ts';
import { parseTimestamp, type Timestamp } from '../parse-timestamp.ts';
import type { AmountField, WordField } from './fields.ts';
import type { QueriedRow, RunOf } from './queried-row.ts';

type ReadNumber = (row: QueriedRow) => number | null;
type ReadWord = (row: QueriedRow) => string | null;
type ReadWords = (row: QueriedRow) => readonly string[];

const numbers: ReadonlyMap<string, ReadNumber> = new Map<string, ReadNumber>([
  ['version', ({ version }) => version],
  ['step', ({ step }) => step],
  ['episode', ({ episode }) => episode],
  ['size', ({ file_size_bytes }) => file_size_bytes],
  ['backups', ({ backups }) => backups],
]);

const words: ReadonlyMap<string, ReadWord> = new Map<string, ReadWord>([
  ['kind', ({ kind }) => kind],
  ['note', ({ notes }) => notes],
  ['symbol', ({ symbol }) => symbol],
  ['file', ({ id }) => id],
  ['checksum', ({ checksum }) => checksum],
  ['source', ({ metadata_source }) => metadata_source],
]);

const lists: ReadonlyMap<string, ReadWords> = new Map<string, ReadWords>([
  ['tag', ({ tags }) => tags],
  ['integrity', ({ integrity: { state, cause } }) => (cause === null ? [state] : [state, cause])],
  ['finding', ({ integrity: { detail }, problems }) => (detail === null ? problems : [detail, ...problems])],
]);

/** Reads the number of a field, or milliseconds since 1970 of a time; null where a version has none. */
export function numberReader({ name, kind, metric }: AmountField): ReadNumber {
  if (kind === 'time' || kind === 'age') return (row) => timeOf(row)?.milliseconds ?? null;
  return metric ? metricReader(name) : found(numbers, name);
}

/** When a version was saved; null where it says no time that can be read. */
export function timeOf({ timestamp }: QueriedRow): Timestamp | null {
  return parseTimestamp(timestamp);
}

/** Reads the word of a field that has one; null where a version has none. */
export function wordReader({ name }: WordField, runOf: RunOf): ReadWord {
  return name === 'run' ? runOf : found(words, name);
}

/** Reads the words of a field that is a list. */
export function listReader({ name }: WordField): ReadWords {
  return found(lists, name);
}

function found<T>(readers: ReadonlyMap<string, T>, name: string): T {
  const reader = readers.get(name);
  if (!reader) throw new Error(`nothing reads the field ${name}`);
  return reader;
}
