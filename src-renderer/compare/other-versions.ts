import type { VersionRow } from '../../shared/model/version-row.ts';
import { timeOf } from '../versions/default-order.ts';
import type { VersionList } from '../versions/version-list.ts';

/** The select offers so many; any other is chosen in the table. */
const offered = 500;

/** What a version is compared with where nothing was chosen: the best, else the latest, else any that is shown; null where it is alone. */
export function counterpart(row: VersionRow, list: VersionList): VersionRow | null {
  const first = [list.best, list.latest].find((one) => one && one.handle !== row.handle);
  return first ?? firstShown(list, 2).find(({ handle }) => handle !== row.handle) ?? null;
}

/** What a version can be compared with: the one that it is, the best and the latest first. */
export function othersOf(row: VersionRow, chosen: VersionRow | null, list: VersionList): VersionRow[] {
  const named = [chosen, list.best, list.latest].flatMap((one) => one ?? []);
  const rows = new Map([...named, ...firstShown(list, offered)].map((one) => [one.handle, one]));
  rows.delete(row.handle);
  return [...rows.values()];
}

/** Those of folded groups too. */
function firstShown(list: VersionList, most: number): VersionRow[] {
  const rows: VersionRow[] = [];
  for (const row of list.shownRows()) {
    if (rows.length === most) break;
    rows.push(row);
  }
  return rows;
}

/** Whether a version was made after another: by their times, else by their numbers, else by their steps; false where nothing tells. */
export function isLater(row: VersionRow, than: VersionRow): boolean {
  const tells = [timeOf, ({ version }: VersionRow) => version, ({ step }: VersionRow) => step];
  for (const of of tells) {
    const [place, before] = [of(row), of(than)];
    if (place !== null && before !== null && place !== before) return place > before;
  }
  return false;
}

/** Two versions as they are compared: what is looked at is the later one, and the earlier is what it is compared with. */
export function laterFirst(rows: readonly VersionRow[]): VersionRow[] {
  const [one, two] = rows;
  return one && two && !isLater(one, two) ? [two, one] : [...rows];
}
