import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { nameVersions } from '../format/format-version.ts';
import { showUndoable } from '../undo/show-way-back.tsx';
import type { RunStore } from '../versions/run-store.ts';

/** By run and version. */
const underWay = new Set<string>();

/** Moves versions to the trash, with the way back; the focus goes on to a neighbour, as in a list of mails. */
export async function trashVersions(store: RunStore, rows: readonly VersionRow[]): Promise<void> {
  const handles = rows.map(({ handle }) => handle);
  const { runId } = store;
  const names = handles.map((handle) => `${runId} ${handle}`);
  if (names.length === 0 || names.some((name) => underWay.has(name))) return;
  for (const name of names) underWay.add(name);
  const neighbour = neighbourOf(store, new Set(handles));
  const moved = await valueOrNotice(window.cairn.request('moveToTrash', { runId, versions: handles }));
  for (const name of names) underWay.delete(name);
  if (!moved) return;
  const { selected } = store.snapshot();
  if (selected === null || handles.includes(selected)) store.select(neighbour);
  const [name, be] = [nameVersions(rows), rows.length === 1 ? 'is' : 'are'];
  showUndoable({ runId, ...moved, done: `${name} ${be} in the trash`, undone: `${name} ${be} back` });
}

/** The row below the last of them, else the one above the first. */
function neighbourOf(store: RunStore, handles: ReadonlySet<number>): number | null {
  const { list } = store.snapshot();
  let [first, last] = [-1, -1];
  for (let line = 0; line < list.lineCount; line += 1) {
    if (!handles.has(list.rowAt(line)?.handle ?? -1)) continue;
    if (first < 0) first = line;
    last = line;
  }
  return (list.rowAt(last + 1) ?? list.rowAt(first - 1))?.handle ?? null;
}
