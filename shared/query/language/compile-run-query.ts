import type { FoundRun } from '../../model/runs-output.ts';
import { localClock } from '../local-clock.ts';
import { compileFor } from './compile-query.ts';
import { ofRuns } from './fields.ts';
import { parseQuery } from './parse-query.ts';
import { type Readers, type RowTest, readerOf } from './readers.ts';

/** A query over runs, made ready for many. @throws QueryError also for what is asked of versions alone */
export function compileRunQuery(text: string): RowTest<FoundRun> {
  return compileFor(parseQuery(text, null, ofRuns), readers, localClock());
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
const readers: Readers<FoundRun> = {
  number: ({ name }) => readerOf(numbers, name),
  time: () => null,
  word: ({ name }) => readerOf(words, name),
  list: () => () => [],
  text: (text) => {
    const wanted = text.toLowerCase();
    return ({ path }) => path.toLowerCase().includes(wanted);
  },
  mark: () => () => false,
};
