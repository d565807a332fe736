import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { versionLabel } from '../format/format-version.ts';
import type { RunStore } from '../versions/run-store.ts';
import { showUndoable } from './show-undoable.tsx';

const underWay = new Set<VersionRow>();

/** Moves a version to the trash, with the way back; the selection goes on to its neighbour, as in a list of mails. */
export async function trashVersion(store: RunStore, row: VersionRow): Promise<void> {
  if (underWay.has(row)) return;
  underWay.add(row);
  const { runId } = store;
  const neighbour = neighbourOf(store, row);
  const moved = await valueOrNotice(window.cairn.request('moveToTrash', { runId, version: row.handle }));
  underWay.delete(row);
  if (!moved) return;
  if (store.snapshot().selected === row.handle) store.select(neighbour);
  const label = versionLabel(row);
  showUndoable({ runId, ...moved, done: `${label} is in the trash`, undone: `${label} is back` });
}

function neighbourOf(store: RunStore, row: VersionRow): number | null {
  const { list } = store.snapshot();
  const index = list.indexOf(row.handle);
  return (list.rowAt(index + 1) ?? list.rowAt(index - 1))?.handle ?? null;
}
