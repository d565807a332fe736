import type { Result } from '../../shared/failure.ts';
import type { Trashed } from '../../shared/ipc/writing-contract.ts';
import type { Undone } from '../undo/undone-words.ts';
import { waysBack } from '../undo/ways-back.ts';

/** Takes operations back, the newest first, until one cannot be. @returns how many versions came back, and how many left */
export async function restoreAll(runId: string, wanted: readonly Trashed[]): Promise<Result<Undone>> {
  const sum: Undone = { restored: 0, removed: 0 };
  for (const { operation } of wanted) {
    const undone = await window.cairn.request('undo', { runId, operation });
    if (!undone.ok) return undone;
    waysBack.removeOperations(runId, [operation]);
    sum.restored += undone.value.restored;
    sum.removed += undone.value.removed;
  }
  return { ok: true, value: sum };
}
