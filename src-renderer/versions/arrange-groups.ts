import type { GroupKeys } from './group-keys.ts';

/** Rows that have something in common; `key` says what, empty where they have nothing of the kind. */
export interface RowGroup {
  key: string;
  folded: boolean;
  /** Where its rows begin among those that are shown, and how many there are. */
  from: number;
  count: number;
}

/** Rows put into groups, and the lines that this makes of them. */
export interface Arranged {
  /** Slots of all rows, those of one group together. */
  shown: Uint32Array;
  groups: readonly RowGroup[];
  /** A slot for each line; headings of groups are no slot's number. */
  lines: Uint32Array;
  groupAt(line: number): RowGroup | undefined;
}

/** Marks a line as the heading of a group: more rows than that no run has. */
const heading = 2 ** 31;

/**
 * Groups come in the order of their first rows or, where they are `ranked`, in the order that their keys have. Takes O(rows) and
 * sorts no rows: a hundred thousand are put in groups anew whenever one of them changes.
 */
export function arrange(
  slots: Uint32Array,
  keys: GroupKeys | null,
  folded: ReadonlySet<string>,
  ranked = false,
): Arranged {
  if (!keys) return withLines(slots, [], slots);
  const { groups, places } = findGroups(slots, keys, folded, ranked ? keys.rank : null);
  const shown = gather(slots, keys, groups, places);
  return withLines(shown, groups, layLines(shown, groups));
}

/** The same groups with others of them folded; what rows they have is not looked at again. */
export function refold({ shown, groups: before, lines }: Arranged, folded: ReadonlySet<string>): Arranged {
  if (before.length === 0) return withLines(shown, [], lines);
  const groups = before.map((group) => ({ ...group, folded: folded.has(group.key) }));
  return withLines(shown, groups, layLines(shown, groups));
}

/** The line of a group's heading, or -1. */
export function lineOfGroup({ groups }: Arranged, key: string): number {
  let line = 0;
  for (const group of groups) {
    if (group.key === key) return line;
    line += 1 + (group.folded ? 0 : group.count);
  }
  return -1;
}

function withLines(shown: Uint32Array, groups: readonly RowGroup[], lines: Uint32Array): Arranged {
  return { shown, groups, lines, groupAt: (line) => groups[(lines[line] ?? 0) - heading] };
}

type Rank = GroupKeys['rank'];

/** The groups, and which of them each key number has. */
function findGroups(slots: Uint32Array, keys: GroupKeys, folded: ReadonlySet<string>, rank: Rank) {
  const { groups, places } = meetGroups(slots, keys, folded);
  if (rank) sortGroups(groups, places, rank);
  let from = 0;
  for (const group of groups) {
    group.from = from;
    from += group.count;
  }
  return { groups, places };
}

/** The groups in the order of their first rows. */
function meetGroups(slots: Uint32Array, keys: GroupKeys, folded: ReadonlySet<string>) {
  const places = new Int32Array(keys.size).fill(-1);
  const groups: RowGroup[] = [];
  for (const slot of slots) {
    const number = keys.numberOf(slot);
    const group = groups[places[number] ?? -1];
    if (group) {
      group.count += 1;
      continue;
    }
    const key = keys.nameOf(slot);
    places[number] = groups.push({ key, folded: folded.has(key), from: 0, count: 1 }) - 1;
  }
  return { groups, places };
}

/** Puts groups in order, and their places along with them. */
function sortGroups(groups: RowGroup[], places: Int32Array, rank: NonNullable<Rank>): void {
  const met = [...places.keys()].filter((number) => (places[number] ?? -1) >= 0);
  met.sort((a, b) => compareRanks(rank(a), rank(b)) || (places[a] ?? 0) - (places[b] ?? 0));
  const sorted = met.flatMap((number) => groups[places[number] ?? -1] ?? []);
  groups.splice(0, groups.length, ...sorted);
  for (const [place, number] of met.entries()) places[number] = place;
}

/** Infinite ranks are equal, where their difference would be no number. */
function compareRanks(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function gather(
  slots: Uint32Array,
  keys: GroupKeys,
  groups: readonly RowGroup[],
  places: Int32Array,
): Uint32Array {
  const next = Uint32Array.from(groups, ({ from }) => from);
  const shown = new Uint32Array(slots.length);
  for (const slot of slots) {
    const place = places[keys.numberOf(slot)] ?? 0;
    const at = next[place] ?? 0;
    shown[at] = slot;
    next[place] = at + 1;
  }
  return shown;
}

function layLines(shown: Uint32Array, groups: readonly RowGroup[]): Uint32Array {
  const open = groups.reduce((sum, { folded, count }) => sum + (folded ? 0 : count), 0);
  const lines = new Uint32Array(groups.length + open);
  let line = 0;
  for (const [index, { folded, from, count }] of groups.entries()) {
    lines[line] = heading + index;
    line += 1;
    if (folded) continue;
    lines.set(shown.subarray(from, from + count), line);
    line += count;
  }
  return lines;
}
