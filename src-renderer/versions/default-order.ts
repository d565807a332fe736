import { toNumber } from '../../shared/model/json.ts';
import { nameOfVersion } from '../../shared/model/name-of-version.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { compareNatural } from '../../shared/query/compare-natural.ts';
import { localClock } from '../../shared/query/local-clock.ts';
import { parseTimestamp } from '../../shared/query/parse-timestamp.ts';
import { placeInTime } from '../../shared/query/sort-versions.ts';
import { timeInName } from '../../shared/query/time-in-name.ts';
import { type CompareSlots, createSortKeys, type SortKeys } from './sort-keys.ts';

const clock = localClock();

/** When a version was made, in milliseconds, for sorting; null when it has no time that can be read. */
export function timeOf({ timestamp }: Pick<VersionRow, 'timestamp'>): number | null {
  return placeInTime({ time: parseTimestamp(timestamp) }, clock);
}

/** The same for telling which is newer: of a date that is written, and that nobody can read, what the name tells. */
function timeForOrder(row: VersionRow): number | null {
  return (
    timeOf(row) ?? (row.timestamp === null ? null : timeOf({ timestamp: timeInName(nameOfVersion(row.id)) }))
  );
}

/** `sortNewest` for slots: newest first, by version number, then time, step and name. It breaks every tie of every other order; what is the same in two runs comes as they were opened. */
export function createDefaultOrder(rows: readonly (VersionRow | undefined)[]): {
  keys: readonly SortKeys[];
  compare: CompareSlots;
} {
  const version = createSortKeys({ kind: 'number', of: (row) => row.version });
  const time = createSortKeys({ kind: 'number', of: timeForOrder });
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
