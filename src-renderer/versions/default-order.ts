import { toNumber } from '../../shared/model/json.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { compareNatural } from '../../shared/query/compare-natural.ts';
import { localClock } from '../../shared/query/local-clock.ts';
import { parseTimestamp } from '../../shared/query/parse-timestamp.ts';
import { placeInTime } from '../../shared/query/sort-versions.ts';
import { type CompareSlots, createSortKeys, type SortKeys } from './sort-keys.ts';

const clock = localClock();

/** When a version was made, in milliseconds, for sorting; null when it has no time that can be read. */
export function timeOf({ timestamp }: VersionRow): number | null {
  return placeInTime({ time: parseTimestamp(timestamp) }, clock);
}

/** `sortNewest` for slots: newest first, by version number, then time, step and name. It breaks every tie of every other order; what is the same in two runs comes as they were opened. */
export function createDefaultOrder(rows: readonly (VersionRow | undefined)[]): {
  keys: readonly SortKeys[];
  compare: CompareSlots;
} {
  const version = createSortKeys({ kind: 'number', of: (row) => row.version });
  const time = createSortKeys({ kind: 'number', of: timeOf });
  const step = createSortKeys({ kind: 'number', of: (row) => toNumber(row.step) });
  const byVersion = version.compare('desc');
  const byTime = time.compare('desc');
  const byStep = step.compare('desc');
  const byName: CompareSlots = (a, b) => compareNatural(rows[a]?.id ?? '', rows[b]?.id ?? '');
  const byHandle: CompareSlots = (a, b) => (rows[a]?.handle ?? a) - (rows[b]?.handle ?? b);
  return {
    keys: [version, time, step],
    compare: (a, b) => byVersion(a, b) || byTime(a, b) || byStep(a, b) || byName(a, b) || byHandle(a, b),
  };
}
