import type { VersionRow } from '../../shared/model/version-row.ts';
import type { RowGroup } from '../versions/arrange-groups.ts';
import { lineOf } from '../versions/cursor.ts';
import type { VersionsStore } from '../versions/versions-store.ts';

/** Chooses all of these rows, and nothing else. */
export function chooseRows(store: VersionsStore, rows: Iterable<VersionRow>): void {
  store.chooseAll(Array.from(rows, ({ handle }) => handle));
}

/** Shows of a group the heading alone, or its rows again. */
export function toggleFolded(store: VersionsStore, key: string): void {
  const folded = new Set(store.snapshot().folded);
  if (!folded.delete(key)) folded.add(key);
  store.setFolded(folded);
}

export function foldAll(store: VersionsStore, isFolded: boolean): void {
  const group = groupAtCursor(store);
  const { list } = store.snapshot();
  store.setFolded(new Set(isFolded ? list.groups.map(({ key }) => key) : []));
  if (isFolded && group) goTo(store, group);
}

/** Folds the group that the cursor is in or on; the cursor then stands on its heading. */
export function foldAtCursor(store: VersionsStore): void {
  const group = groupAtCursor(store);
  if (!group) return;
  if (!group.folded) toggleFolded(store, group.key);
  goTo(store, group);
}

export function unfoldAtCursor(store: VersionsStore): void {
  const group = groupAtCursor(store);
  if (group?.folded) toggleFolded(store, group.key);
}

function groupAtCursor(store: VersionsStore): RowGroup | undefined {
  const { list, cursor } = store.snapshot();
  if (cursor === null) return undefined;
  return 'handle' in cursor ? list.groupOf(cursor.handle) : list.groupAt(lineOf(list, cursor));
}

/** What was chosen may be folded away, and what nobody sees stays unchosen. */
function goTo(store: VersionsStore, { key }: RowGroup): void {
  store.select(null);
  store.moveCursor({ group: key });
}
