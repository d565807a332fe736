import type { FoundRun } from '../../model/runs-output.ts';
import { localClock } from '../local-clock.ts';
import { compileFor } from './compile-query.ts';
import { ofRuns } from './fields.ts';
import { parseQuery } from './parse-query.ts';
import type { Query } from './query-tree.ts';
import { type Readers, type RowTest, readerOf } from './readers.ts';

/** A query over runs, made ready for many. @throws QueryError also for what is asked of versions alone */
export function compileRunQuery(text: string): RowTest<FoundRun> {
  return testRuns(parseQuery(text, null, ofRuns));
}

/** A query over runs that was read, made ready for many. @param textOf what text is looked for in, of a run */
export function testRuns<Run extends FoundRun>(
  query: Query,
  textOf: (run: Run) => string = ({ path }) => path,
): RowTest<Run> {
  const text = (wanted: string): RowTest<Run> => {
    const lower = wanted.toLowerCase();
    return (run) => textOf(run).toLowerCase().includes(lower);
  };
  return compileFor(query, { ...readers, text }, localClock());
}

const numbers = new Map<string, (run: FoundRun) => number>([
  ['versions', ({ versions }) => versions],
  ['bytes', ({ bytes }) => bytes],
  ['problems', ({ problems }) => problems],
]);

const words = new Map<string, (run: FoundRun) => string | null>([
  ['path', ({ path }) => path],
  ['layout', ({ layout }) => layout],
  ['best', ({ best }) => best],
  ['latest', ({ latest }) => latest],
]);

/** Runs have neither times nor lists nor marks to ask for. */
const readers: Omit<Readers<FoundRun>, 'text'> = {
  number: ({ name }) => readerOf(numbers, name),
  time: () => null,
  word: ({ name }) => readerOf(words, name),
  list: () => () => [],
  mark: () => () => false,
};
