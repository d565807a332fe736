import { isIntactSoFar, isProblem } from '../../model/integrity.ts';
import { metricReader } from '../../model/metric.ts';
import { parseTimestamp, type Timestamp } from '../parse-timestamp.ts';
import { containsWord } from './contains-word.ts';
import type { AmountField, Mark } from './fields.ts';
import type { QueriedRow, RunOf } from './queried-row.ts';
import { type Readers, type RowTest, readerOf } from './readers.ts';

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

const marks: Record<Mark, RowTest<QueriedRow>> = {
  best: ({ is_best }) => is_best,
  latest: ({ is_latest }) => is_latest,
  pinned: ({ pinned }) => pinned,
  intact: ({ integrity }) => isIntactSoFar(integrity.state),
  problem: ({ integrity }) => isProblem(integrity.state),
};

/** How versions are read. */
export function versionReaders(runOf: RunOf): Readers<QueriedRow> {
  return {
    number: numberReader,
    time: timeOf,
    word: ({ name }) => (name === 'run' ? runOf : readerOf(words, name)),
    list: ({ name }) => readerOf(lists, name),
    text: containsWord,
    mark: (mark) => marks[mark],
  };
}

/** Milliseconds since 1970 of a time. */
function numberReader({ name, kind, metric }: AmountField): ReadNumber {
  if (kind === 'time' || kind === 'age') return (row) => timeOf(row)?.milliseconds ?? null;
  return metric ? metricReader(name) : readerOf(numbers, name);
}

/** When a version was saved; null where it says no time that can be read. */
function timeOf({ timestamp }: QueriedRow): Timestamp | null {
  return parseTimestamp(timestamp);
}
