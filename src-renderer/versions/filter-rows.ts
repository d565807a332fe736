import { isProblem } from '../../shared/model/integrity.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { compileQuery } from '../../shared/query/language/compile-query.ts';
import { nameBegunIn } from '../../shared/query/language/name-begun-in.ts';
import { parseQuery } from '../../shared/query/language/parse-query.ts';
import { parseSoFar } from '../../shared/query/language/parse-so-far.ts';
import { QueryError } from '../../shared/query/language/query-error.ts';
import type { Query } from '../../shared/query/language/query-tree.ts';
import { localClock } from '../../shared/query/local-clock.ts';
import type { MeasureRange } from './measure.ts';
import type { MetricInfo } from './metric-catalog.ts';

/** What runs are called, by their ids. */
export type RunNames = ReadonlyMap<string, string>;

/**
 * Which rows to show: those that the query `text` asks for; `onlyProblems` keeps the ones of them that are not whole,
 * `ranges` the ones that lie in all of these. While somebody is `typing`, a last word that may become a condition does not
 * empty the table.
 */
export interface RowFilter {
  text: string;
  onlyProblems: boolean;
  ranges: readonly MeasureRange[];
  typing: boolean;
}

export const showAll: RowFilter = { text: '', onlyProblems: false, ranges: [], typing: false };

/** Whether two filters differ in their ranges at most. */
export function isSameQuery(a: RowFilter, b: RowFilter): boolean {
  return a.text === b.text && a.onlyProblems === b.onlyProblems && a.typing === b.typing;
}

type RowTest = (row: VersionRow) => boolean;

/** A filter made ready, but for its ranges. Null is a test that lets everything through. */
export interface ReadFilter {
  matches: RowTest | null;
  /** What to show where that leaves nothing; undefined where nothing is what is to be shown. */
  otherwise: RowTest | null | undefined;
  /** What is wrong with the query; what comes before that counts. */
  fault: QueryError | null;
}

export function readFilter(filter: RowFilter, metrics: readonly MetricInfo[], runs: RunNames): ReadFilter {
  const names = metrics.map(({ name }) => name);
  const { query, fault } = tryParse(filter.text, names);
  const begun = filter.typing && !fault ? nameBegunIn(filter.text, names) : null;
  return {
    matches: testOf(query, filter, runs),
    otherwise:
      begun === null ? undefined : testOf(parseSoFar(filter.text.slice(0, begun), names), filter, runs),
    fault,
  };
}

function tryParse(text: string, metrics: readonly string[]): { query: Query; fault: QueryError | null } {
  try {
    return { query: parseQuery(text, metrics), fault: null };
  } catch (fault) {
    if (fault instanceof QueryError) return { query: parseSoFar(text, metrics), fault };
    throw fault;
  }
}

function testOf(query: Query, { onlyProblems }: RowFilter, runs: RunNames): RowTest | null {
  const around = { clock: localClock(), runOf: ({ runId = '' }) => runs.get(runId) ?? null };
  const asksNothing = query.type === 'and' && query.parts.length === 0;
  const tests = [onlyProblems ? hasProblem : null, asksNothing ? null : compileQuery(query, around)].filter(
    (test) => test !== null,
  );
  return tests.length <= 1 ? (tests[0] ?? null) : (row) => tests.every((test) => test(row));
}

function hasProblem({ integrity }: VersionRow): boolean {
  return isProblem(integrity.state);
}

/** The slots of the rows that pass, in order; all of them without a test. */
export function keepRows(
  slots: Uint32Array,
  rows: readonly (VersionRow | undefined)[],
  test: RowTest | null,
): Uint32Array {
  if (!test) return slots;
  const kept = new Uint32Array(slots.length);
  let count = 0;
  for (const slot of slots) {
    const row = rows[slot];
    if (row === undefined || !test(row)) continue;
    kept[count] = slot;
    count += 1;
  }
  return kept.slice(0, count);
}
