import { type MarkChange, noChange } from '../../shared/model/mark-change.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { nameVersions } from '../format/format-version.ts';
import { showWayBack } from '../undo/show-way-back.tsx';
import { markWords } from './mark-words.ts';
import { marksInCommon } from './marks-in-common.ts';

/** Notes something of versions, with the way back. @returns whether that was possible */
export async function markVersions(
  runId: string,
  rows: readonly VersionRow[],
  given: Partial<MarkChange>,
): Promise<boolean> {
  if (rows.length === 0) return false;
  const change = { ...noChange, ...given };
  const versions = rows.map(({ handle }) => handle);
  const marked = await valueOrNotice(window.cairn.request('markVersions', { runId, versions, change }));
  if (!marked) return false;
  showWayBack({
    runId,
    operation: null,
    done: markWords(rows, change),
    undone: `What was noted of ${nameVersions(rows)} is as it was`,
    takeBack: () => window.cairn.request('restoreMarks', { runId, ...marked }),
  });
  return true;
}

/** Pins versions, or unpins them where all are pinned. */
export function togglePins(runId: string, rows: readonly VersionRow[]): void {
  void markVersions(runId, rows, { pinned: !marksInCommon(rows).pinned });
}
