import type { Result } from '../../shared/failure.ts';
import type { Trashed } from '../../shared/ipc/writing-contract.ts';
import { waysBack } from '../undo/ways-back.ts';

/** Takes operations back, the newest first, until one cannot be. @returns how many versions came back */
export async function restoreAll(runId: string, wanted: readonly Trashed[]): Promise<Result<number>> {
  let count = 0;
  for (const { operation } of wanted) {
    const undone = await window.cairn.request('undo', { runId, operation });
    if (!undone.ok) return undone;
    waysBack.removeOperations(runId, [operation]);
    count += undone.value.restored;
  }
  return { ok: true, value: count };
}
