import { type MarkChange, noChange } from '../../shared/model/mark-change.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { showFailure } from '../bridge/show-failure.ts';
import { nameVersions } from '../format/format-version.ts';
import { showWayBack } from '../undo/show-way-back.tsx';
import type { PartOfAct } from '../undo/ways-back.ts';
import { byRun, handlesOf } from '../versions/by-run.ts';
import { markWords, unmarkedWords } from './mark-words.ts';
import { marksInCommon } from './marks-in-common.ts';

/** Notes something of versions, each in its run, with the way back. @returns whether that was possible of all of them */
export async function markVersions(
  rows: readonly VersionRow[],
  given: Partial<MarkChange>,
): Promise<boolean> {
  const change = { ...noChange, ...given };
  const marked: VersionRow[] = [];
  const parts: PartOfAct[] = [];
  for (const [runId, own] of byRun(rows)) {
    const request = { runId, versions: handlesOf(own), change };
    const answer = await window.cairn.request('markVersions', request);
    if (!answer.ok) {
      const { failure } = answer;
      showFailure({ ...failure, message: `${unmarkedWords(own, change)}: ${failure.message}` });
      continue;
    }
    for (const row of own) marked.push(row);
    const takeBack = () => window.cairn.request('restoreMarks', { runId, ...answer.value });
    parts.push({ runId, operation: null, takeBack });
  }
  if (marked.length === 0) return false;
  showWayBack({
    parts,
    done: markWords(marked, change),
    undone: `What was noted of ${nameVersions(marked)} is as it was`,
  });
  return marked.length === rows.length;
}

/** Pins versions, or unpins them where all are pinned. */
export function togglePins(rows: readonly VersionRow[]): void {
  void markVersions(rows, { pinned: !marksInCommon(rows).pinned });
}
