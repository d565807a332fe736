import { statesOf } from '../../model/run-state.ts';
import type { WorkspaceRun } from '../../model/workspace.ts';
import { localClock } from '../local-clock.ts';
import { parseTimestamp, type Timestamp } from '../parse-timestamp.ts';
import { compileFor } from './compile-query.ts';
import { type AmountField, ofRuns } from './fields.ts';
import { parseQuery } from './parse-query.ts';
import type { Query } from './query-tree.ts';
import { type Readers, type RowTest, readerOf } from './readers.ts';

/** A run as queries read it: what a row of the table of runs shows of it. */
export type QueriedRun = Omit<WorkspaceRun, 'handle'>;

/** A query over runs, made ready for many. @throws QueryError also for what is asked of versions alone */
export function compileRunQuery(text: string): RowTest<QueriedRun> {
  return testRuns(parseQuery(text, null, ofRuns));
}

/** A query over runs that was read, made ready for many. */
export function testRuns(query: Query): RowTest<QueriedRun> {
  return compileFor(query, readers, localClock());
}

type ReadNumber = (run: QueriedRun) => number | null;

const numbers = new Map<string, ReadNumber>([
  ['versions', ({ versions }) => versions],
  ['bytes', ({ bytes }) => bytes],
  ['problems', ({ problems }) => problems],
  ['best_value', ({ bestValue }) => bestValue],
  ['latest_version', ({ latestVersion }) => latestVersion],
]);

const words = new Map<string, (run: QueriedRun) => string | null>([
  ['path', ({ path }) => path],
  ['folder', ({ path }) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : null)],
  ['layout', ({ layout }) => layout],
  ['best', ({ best }) => best],
  ['latest', ({ latest }) => latest],
  ['metric', ({ metric }) => metric.name],
]);

const lists = new Map<string, (run: QueriedRun) => readonly string[]>([
  ['written_by', ({ recognised }) => (recognised ? [recognised.name, recognised.layout] : [])],
  ['override', ({ overrides }) => overrides],
  ['state', statesOf],
]);

const readers: Readers<QueriedRun> = {
  number: numberReader,
  time: timeOf,
  word: ({ name }) => readerOf(words, name),
  list: ({ name }) => readerOf(lists, name),
  mark: () => () => false,
  text: (wanted) => {
    const lower = wanted.toLowerCase();
    return (run) => wordsOf(run).toLowerCase().includes(lower);
  },
};

/** Milliseconds since 1970 of a time. */
function numberReader({ name, kind }: AmountField): ReadNumber {
  if (kind === 'time' || kind === 'age') return (run) => timeOf(run)?.milliseconds ?? null;
  return readerOf(numbers, name);
}

/** When its latest version was saved. */
function timeOf({ latestAt }: QueriedRun): Timestamp | null {
  return parseTimestamp(latestAt);
}

/** Text is looked for in all that a row calls its run. */
function wordsOf({ path, overrides }: QueriedRun): string {
  return [path, ...overrides].join('\n');
}
