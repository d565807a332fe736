import type { Result } from '../../shared/failure.ts';

/** Begins long work; null where a person thought better of it. */
export type Begin = () => Promise<Result<{ taskId: string | null }>>;

/** Finishes one after another until one fails, which is what comes back, or is cancelled. */
export async function finishEach<T>(
  begins: readonly Begin[],
  onBegun: (taskId: string) => void,
  onDone: (value: T) => void,
): Promise<Result<null>> {
  for (const begin of begins) {
    const end = await finishTask<T>(begin, onBegun);
    if (!end.ok) return end;
    if (end.value === null) break;
    onDone(end.value);
  }
  return { ok: true, value: null };
}

/** Begins long work and waits for what comes of it: null once it was cancelled, or was never begun. */
export async function finishTask<T>(
  begin: Begin,
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
