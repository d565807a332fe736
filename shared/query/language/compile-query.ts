import type { Clock } from '../local-clock.ts';
import { compileAmount, compileAmounts } from './compile-amounts.ts';
import { compileWord, compileWords } from './compile-words.ts';
import { isAmount, type QueryField } from './fields.ts';
import type { QueriedRow, RunOf } from './queried-row.ts';
import type { Condition, Query } from './query-tree.ts';
import { versionReaders } from './read-fields.ts';
import type { Readers, RowTest } from './readers.ts';

/** What a query is to know that stands in no version. */
export interface Surroundings {
  /** Says what ages count from, and what times without a zone mean. */
  clock: Clock;
  runOf: RunOf;
}

/** A query made ready for many versions. */
export function compileQuery(query: Query, { clock, runOf }: Surroundings): RowTest<QueriedRow> {
  return compileFor(query, versionReaders(runOf), clock);
}

/** A query made ready for many rows of the sort that is read so. */
export function compileFor<Row>(query: Query, readers: Readers<Row>, clock: Clock): RowTest<Row> {
  switch (query.type) {
    case 'and':
      return every(query.parts.map((part) => compileFor(part, readers, clock)));
    case 'or':
      return some(query.parts.map((part) => compileFor(part, readers, clock)));
    case 'not': {
      const test = compileFor(query.part, readers, clock);
      return (row) => !test(row);
    }
    default:
      return compileCondition(query, readers, clock);
  }
}

function every<Row>(tests: readonly RowTest<Row>[]): RowTest<Row> {
  return (row) => {
    for (const test of tests) if (!test(row)) return false;
    return true;
  };
}

function some<Row>(tests: readonly RowTest<Row>[]): RowTest<Row> {
  return (row) => {
    for (const test of tests) if (test(row)) return true;
    return false;
  };
}

function compileCondition<Row>(condition: Condition, readers: Readers<Row>, clock: Clock): RowTest<Row> {
  switch (condition.type) {
    case 'text':
      return readers.text(condition.text);
    case 'mark':
      return readers.mark(condition.mark);
    case 'state':
      return compileState(condition.field, condition.state, readers);
    case 'amount':
      return compileAmount(condition, clock, readers);
    case 'amounts':
      return compileAmounts(condition, clock, readers);
    case 'word':
      return compileWord(condition, readers);
    case 'words':
      return compileWords(condition, readers);
  }
}

function compileState<Row>(
  field: QueryField,
  state: 'missing' | 'present' | 'nan',
  readers: Readers<Row>,
): RowTest<Row> {
  if (state === 'nan') return isNaNIn(field, readers);
  const isMissing = missingIn(field, readers);
  return state === 'missing' ? isMissing : (row) => !isMissing(row);
}

function isNaNIn<Row>(field: QueryField, readers: Readers<Row>): RowTest<Row> {
  if (!isAmount(field)) return () => false;
  const read = readers.number(field);
  return (row) => Number.isNaN(read(row));
}

function missingIn<Row>(field: QueryField, readers: Readers<Row>): RowTest<Row> {
  if (isAmount(field)) {
    const read = readers.number(field);
    return (row) => read(row) === null;
  }
  if (field.kind === 'list') {
    const read = readers.list(field);
    return (row) => read(row).length === 0;
  }
  const read = readers.word(field);
  return (row) => read(row) === null;
}
