import type { Result } from '../../shared/failure.ts';

/** Begins long work and waits for what comes of it: null once it was cancelled, or was never begun. */
export async function finishTask<T>(
  begin: () => Promise<Result<{ taskId: string | null }>>,
  onBegun: (taskId: string) => void,
): Promise<Result<T | null>> {
  const begun = await begin();
  if (!begun.ok) return begun;
  const { taskId } = begun.value;
  if (taskId === null) return { ok: true, value: null };
  onBegun(taskId);
  const end = await window.cairn.request('awaitWork', { taskId });
  if (!end.ok) return end;
  return { ok: true, value: end.value.json === null ? null : (JSON.parse(end.value.json) as T) };
}
