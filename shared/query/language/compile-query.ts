import { isIntactSoFar, isProblem } from '../../model/integrity.ts';
import type { Clock } from '../local-clock.ts';
import { compileAmount, compileAmounts } from './compile-amounts.ts';
import { compileWord, compileWords, containsWord } from './compile-words.ts';
import { isAmount, type Mark, type QueryField } from './fields.ts';
import type { QueriedRow, RunOf } from './queried-row.ts';
import type { Condition, Query } from './query-tree.ts';
import { listReader, numberReader, wordReader } from './read-fields.ts';

/** Whether a version is among what was asked for. */
export type RowTest = (row: QueriedRow) => boolean;

/** What a query is to know that stands in no version. */
export interface Surroundings {
  /** Says what ages count from, and what times without a zone mean. */
  clock: Clock;
  runOf: RunOf;
}

/** A query made ready for many versions. */
export function compileQuery(query: Query, around: Surroundings): RowTest {
  switch (query.type) {
    case 'and':
      return every(query.parts.map((part) => compileQuery(part, around)));
    case 'or':
      return some(query.parts.map((part) => compileQuery(part, around)));
    case 'not': {
      const test = compileQuery(query.part, around);
      return (row) => !test(row);
    }
    default:
      return compileCondition(query, around);
  }
}

function every(tests: readonly RowTest[]): RowTest {
  return (row) => {
    for (const test of tests) if (!test(row)) return false;
    return true;
  };
}

function some(tests: readonly RowTest[]): RowTest {
  return (row) => {
    for (const test of tests) if (test(row)) return true;
    return false;
  };
}

function compileCondition(condition: Condition, { clock, runOf }: Surroundings): RowTest {
  switch (condition.type) {
    case 'text':
      return containsWord(condition.text);
    case 'mark':
      return marks[condition.mark];
    case 'state':
      return compileState(condition.field, condition.state, runOf);
    case 'amount':
      return compileAmount(condition, clock);
    case 'amounts':
      return compileAmounts(condition, clock);
    case 'word':
      return compileWord(condition, runOf);
    case 'words':
      return compileWords(condition, runOf);
  }
}

const marks: Record<Mark, RowTest> = {
  best: ({ is_best }) => is_best,
  latest: ({ is_latest }) => is_latest,
  pinned: ({ pinned }) => pinned,
  intact: ({ integrity }) => isIntactSoFar(integrity.state),
  problem: ({ integrity }) => isProblem(integrity.state),
};

function compileState(field: QueryField, state: 'missing' | 'present' | 'nan', runOf: RunOf): RowTest {
  if (state === 'nan') return isNaNIn(field);
  const isMissing = missingIn(field, runOf);
  return state === 'missing' ? isMissing : (row) => !isMissing(row);
}

function isNaNIn(field: QueryField): RowTest {
  if (!isAmount(field)) return () => false;
  const read = numberReader(field);
  return (row) => Number.isNaN(read(row));
}

function missingIn(field: QueryField, runOf: RunOf): RowTest {
  if (isAmount(field)) {
    const read = numberReader(field);
    return (row) => read(row) === null;
  }
  if (field.kind === 'list') {
    const read = listReader(field);
    return (row) => read(row).length === 0;
  }
  const read = wordReader(field, runOf);
  return (row) => read(row) === null;
}
