import type { VersionRow } from '../../shared/model/version-row.ts';
import { mostValues } from '../versions/number-ranges.ts';
import type { VersionList } from '../versions/version-list.ts';
import type { Grouping } from './groupings.ts';

/** So many rows are looked at, from all over the list: a run may log thousands of metrics. */
const looked = 2000;

/** Of these groupings those that put the rows into a few groups, and those of which each would have a row or so, or all. */
export function byFewness(
  list: VersionList,
  groupings: readonly Grouping[],
): { few: Grouping[]; other: Grouping[] } {
  const rows = sampleOf(list);
  const few = groupings.filter(({ by }) => isFew(rows, by.of));
  return { few, other: groupings.filter((grouping) => !few.includes(grouping)) };
}

function sampleOf(list: VersionList): VersionRow[] {
  const { shown } = list;
  const step = Math.max(1, Math.ceil(shown.length / looked));
  const slots = Array.from(
    { length: Math.ceil(shown.length / step) },
    (_, index) => shown[index * step] ?? -1,
  );
  return slots.flatMap((slot) => list.rowIn(slot) ?? []);
}

/** Whether there are two values or more, and not too many; that a row has none counts as one. */
function isFew(rows: readonly VersionRow[], of: (row: VersionRow) => unknown): boolean {
  const values = new Set<unknown>();
  for (const row of rows) if (values.add(of(row)).size > mostValues) return false;
  return values.size > 1;
}
