import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { nameVersions } from '../format/format-version.ts';
import { operationPart, showWayBack } from '../undo/show-way-back.tsx';
import type { PartOfAct } from '../undo/ways-back.ts';
import { byRun, handlesOf } from '../versions/by-run.ts';
import type { VersionsStore } from '../versions/versions-store.ts';

/** Versions, by their handles. */
const underWay = new Set<number>();

/** Moves versions to the trash of their runs, with the way back; the focus goes on to a neighbour, as in a list of mails. */
export async function trashVersions(store: VersionsStore, rows: readonly VersionRow[]): Promise<void> {
  const handles = handlesOf(rows);
  if (handles.length === 0 || handles.some((handle) => underWay.has(handle))) return;
  for (const handle of handles) underWay.add(handle);
  const neighbour = neighbourOf(store, new Set(handles));
  const { moved, parts } = await moveAll(rows).finally(() => {
    for (const handle of handles) underWay.delete(handle);
  });
  if (moved.length === 0) return;
  const { selected } = store.snapshot();
  if (selected === null || handles.includes(selected)) store.select(neighbour);
  const [name, be] = [nameVersions(moved), moved.length === 1 ? 'is' : 'are'];
  showWayBack({ parts, done: `${name} ${be} in the trash`, undone: `${name} ${be} back` });
}

/** One run after another; where one refuses, that is said, and the others go on. */
async function moveAll(rows: readonly VersionRow[]): Promise<{ moved: VersionRow[]; parts: PartOfAct[] }> {
  const moved: VersionRow[] = [];
  const parts: PartOfAct[] = [];
  for (const [runId, own] of byRun(rows)) {
    const request = { runId, versions: handlesOf(own) };
    const answer = await valueOrNotice(window.cairn.request('moveToTrash', request));
    if (!answer) continue;
    for (const row of own) moved.push(row);
    parts.push(operationPart(runId, answer.operation));
  }
  return { moved, parts };
}

/** The row below the last of them, else the one above the first. */
function neighbourOf(store: VersionsStore, handles: ReadonlySet<number>): number | null {
  const { list } = store.snapshot();
  let [first, last] = [-1, -1];
  for (let line = 0; line < list.lineCount; line += 1) {
    if (!handles.has(list.rowAt(line)?.handle ?? -1)) continue;
    if (first < 0) first = line;
    last = line;
  }
  return (list.rowAt(last + 1) ?? list.rowAt(first - 1))?.handle ?? null;
}
