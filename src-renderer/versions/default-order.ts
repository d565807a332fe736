import type { VersionRow } from '../../shared/model/version-row.ts';
import { compareNatural } from '../../shared/query/compare-natural.ts';
import { parseTimestamp } from '../../shared/query/parse-timestamp.ts';
import { type CompareSlots, createSortKeys, type SortKeys } from './sort-keys.ts';

/** Milliseconds of a version's timestamp, for sorting; null when it has none that can be read. */
export function timeOf(row: VersionRow): number | null {
  return parseTimestamp(row.timestamp)?.milliseconds ?? null;
}

/** Newest first: by version number, then time, then name. It breaks every tie of every other order. */
export function createDefaultOrder(rows: readonly (VersionRow | undefined)[]): {
  keys: readonly SortKeys[];
  compare: CompareSlots;
} {
  const version = createSortKeys({ kind: 'number', of: (row) => row.version });
  const time = createSortKeys({ kind: 'number', of: timeOf });
  const byVersion = version.compare('desc');
  const byTime = time.compare('desc');
  const byName: CompareSlots = (a, b) => compareNatural(rows[a]?.id ?? '', rows[b]?.id ?? '');
  return {
    keys: [version, time],
    compare: (a, b) => byVersion(a, b) || byTime(a, b) || byName(a, b) || a - b,
  };
}
