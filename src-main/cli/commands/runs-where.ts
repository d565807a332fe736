import { compileRunQuery, type QueriedRun } from '../../../shared/query/language/compile-run-query.ts';
import { QueryError } from '../../../shared/query/language/query-error.ts';
import { QueryFault } from '../query-fault.ts';

/** Whether a run is among those that all of these queries ask for. @throws QueryFault for a query that is none over runs */
export function runsWhere(texts: readonly string[]): (run: QueriedRun) => boolean {
  const tests = texts.map(testOf);
  return (run) => tests.every((test) => test(run));
}

function testOf(text: string): (run: QueriedRun) => boolean {
  try {
    return compileRunQuery(text);
  } catch (error) {
    throw error instanceof QueryError ? new QueryFault(text, error) : error;
  }
}
