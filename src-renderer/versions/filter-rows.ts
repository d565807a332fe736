import { isProblem } from '../../shared/model/integrity.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { compileFor } from '../../shared/query/language/compile-query.ts';
import { nameBegunIn } from '../../shared/query/language/name-begun-in.ts';
import { parseAsFar, parseSoFar } from '../../shared/query/language/parse-so-far.ts';
import type { QueryError } from '../../shared/query/language/query-error.ts';
import type { Query } from '../../shared/query/language/query-tree.ts';
import type { Readers } from '../../shared/query/language/readers.ts';
import { localClock } from '../../shared/query/local-clock.ts';
import type { MeasureRange } from './measure.ts';
import type { MetricInfo } from './metric-catalog.ts';
import { slotRoom } from './slot-room.ts';

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

/** Whether a filter may leave any version out. */
export function isFiltering({ text, onlyProblems, ranges }: RowFilter): boolean {
  return text !== '' || onlyProblems || ranges.length > 0;
}

/** Whether two filters differ in their ranges at most. */
export function isSameQuery(a: RowFilter, b: RowFilter): boolean {
  return a.text === b.text && a.onlyProblems === b.onlyProblems && a.typing === b.typing;
}

type SlotTest = (slot: number) => boolean;

/** What a filter asks for, but for its ranges. */
export interface ReadFilter {
  query: Query;
  /** What to show where that leaves nothing; undefined where nothing is what is to be shown. */
  otherwise: Query | undefined;
  /** What is wrong with the query; what comes before that counts. */
  fault: QueryError | null;
}

export function readFilter(filter: RowFilter, metrics: readonly MetricInfo[]): ReadFilter {
  const names = metrics.map(({ name }) => name);
  const { query, fault } = parseAsFar(filter.text, names);
  const begun = filter.typing && !fault ? nameBegunIn(filter.text, names) : null;
  return {
    query,
    otherwise: begun === null ? undefined : parseSoFar(filter.text.slice(0, begun), names),
    fault,
  };
}

/** A test that lets everything through is null. */
export function slotTest(
  query: Query,
  { onlyProblems }: RowFilter,
  rows: readonly (VersionRow | undefined)[],
  readers: Readers<number>,
): SlotTest | null {
  const asksNothing = query.type === 'and' && query.parts.length === 0;
  const tests = [
    onlyProblems ? (slot: number) => hasProblem(rows[slot]) : null,
    asksNothing ? null : compileFor(query, readers, localClock()),
  ].filter((test) => test !== null);
  return tests.length <= 1 ? (tests[0] ?? null) : (slot) => tests.every((test) => test(slot));
}

function hasProblem(row: VersionRow | undefined): boolean {
  return row !== undefined && isProblem(row.integrity.state);
}

/** The slots that hold a row that passes, in order; all of them without a test. */
export function keepSlots(
  slots: Uint32Array,
  rows: readonly (VersionRow | undefined)[],
  test: SlotTest | null,
): Uint32Array {
  if (!test) return slots;
  const kept = slotRoom(slots.length);
  let count = 0;
  for (const slot of slots) {
    if (rows[slot] === undefined || !test(slot)) continue;
    kept[count] = slot;
    count += 1;
  }
  return kept.slice(0, count);
}
