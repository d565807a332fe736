import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { finishTask } from '../tasks/finish-task.ts';
import { handlesOf } from '../versions/by-run.ts';

/**
 * Verifies one run after another: they may be on one disk. Once a person cancels one, those that are still to come are not begun.
 * @param parts runs with the versions of each, null for all
 */
export async function verifyInTurn(
  bridge: Bridge,
  parts: Iterable<readonly [string, readonly VersionRow[] | null]>,
  isCancelled: (taskId: string) => boolean,
): Promise<void> {
  const begun: string[] = [];
  for (const [runId, rows] of parts) {
    const versions = rows && handlesOf(rows);
    const begin = () => bridge.request('verifyRun', { runId, versions });
    await valueOrNotice(finishTask(begin, (taskId) => begun.push(taskId)));
    if (begun.some(isCancelled)) return;
  }
}
