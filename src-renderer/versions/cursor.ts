import type { VersionList } from './version-list.ts';

/** Where the keyboard stands in a table: on a version, or on the heading of a group. */
export type Cursor = { handle: number } | { group: string };

/** The cursor where it was put, as long as that is there; else on the selected version. */
export function cursorOf(list: VersionList, cursor: Cursor | null, selected: number | null): Cursor | null {
  if (cursor && isThere(list, cursor)) return cursor;
  return selected === null ? null : { handle: selected };
}

function isThere(list: VersionList, cursor: Cursor): boolean {
  if ('handle' in cursor) return list.get(cursor.handle) !== undefined;
  return list.groups.some(({ key }) => key === cursor.group);
}

/** The line of a cursor; -1 where it is on none. */
export function lineOf(list: VersionList, cursor: Cursor | null): number {
  if (cursor === null) return -1;
  return 'handle' in cursor ? list.indexOf(cursor.handle) : list.indexOfGroup(cursor.group);
}

/** What stands on a line, to put the cursor there. */
export function cursorAt(list: VersionList, line: number): Cursor | null {
  const row = list.rowAt(line);
  if (row) return { handle: row.handle };
  const group = list.groupAt(line);
  return group ? { group: group.key } : null;
}
