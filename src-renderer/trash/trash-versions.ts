import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { nameVersions } from '../format/format-version.ts';
import type { RunStore } from '../versions/run-store.ts';
import { showUndoable } from './show-undoable.tsx';

const underWay = new Set<number>();

/** Moves versions to the trash, with the way back; the focus goes on to a neighbour, as in a list of mails. */
export async function trashVersions(store: RunStore, rows: readonly VersionRow[]): Promise<void> {
  const handles = rows.map(({ handle }) => handle);
  if (handles.length === 0 || handles.some((handle) => underWay.has(handle))) return;
  for (const handle of handles) underWay.add(handle);
  const { runId } = store;
  const neighbour = neighbourOf(store, handles);
  const moved = await valueOrNotice(window.cairn.request('moveToTrash', { runId, versions: handles }));
  for (const handle of handles) underWay.delete(handle);
  if (!moved) return;
  const { selected } = store.snapshot();
  if (selected === null || handles.includes(selected)) store.select(neighbour);
  const [name, be] = [nameVersions(rows), rows.length === 1 ? 'is' : 'are'];
  showUndoable({ runId, ...moved, done: `${name} ${be} in the trash`, undone: `${name} ${be} back` });
}

/** The row below the last of them, else the one above the first. */
function neighbourOf(store: RunStore, handles: readonly number[]): number | null {
  const { list } = store.snapshot();
  const places = handles.map((handle) => list.indexOf(handle));
  const below = list.rowAt(Math.max(...places) + 1);
  return (below ?? list.rowAt(Math.min(...places) - 1))?.handle ?? null;
}
