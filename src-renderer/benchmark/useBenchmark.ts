import { useMemo, useState } from 'react';
import type { Failure, Result } from '../../shared/failure.ts';
import type { Benchmarked, BenchmarkStart, ShownBenchmark } from '../../shared/ipc/benchmark-contract.ts';
import type { Task } from '../../shared/model/task.ts';
import { changePreferences } from '../app/usePreferences.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { plural } from '../format/plural.ts';
import { useSession, useSessionPart } from '../session/useSession.ts';
import { useTask } from '../tasks/useTask.ts';
import { operationPart, showDone, showWayBack } from '../undo/show-way-back.tsx';
import { withCommand } from './benchmark-draft.ts';

export interface RunBenchmark {
  /** The one that is under way in the run, or was last in this window; null where there is none, and until it is known. */
  shown: ShownBenchmark | null;
  /** How far it is, while it goes on. */
  task: Task | null;
  starting: boolean;
  /** `onRefused` is told why none was begun, and not what one that was begun comes to. */
  start: (order: BenchmarkStart, onBegun: () => void, onRefused: (failure: Failure) => void) => void;
  cancel: () => void;
}

/** The benchmark of these runs: it goes on in main whatever is on the screen, so that whoever looks again sees how far it is. */
export function useBenchmark(runIds: readonly string[]): RunBenchmark {
  const [runId = ''] = runIds;
  const session = useSession();
  const tasks = useSessionPart((state) => state.tasks);
  const own = useTask();
  const [begun, setBegun] = useState<string | null>(null);
  const last = [...tasks.values()].findLast(({ kind }) => kind === 'benchmark');
  const tick = last ? `${begun} ${last.taskId} ${last.filesDone} ${last.state}` : begun;
  const { value } = useAnswer(useMemo(() => asking(runId, tick), [runId, tick]));
  // What was there before the one that was begun just now is not shown for it.
  const shown = begun === null || value?.taskId === begun ? value : null;
  const start: RunBenchmark['start'] = (order, onBegun, onRefused) =>
    own.run<Benchmarked>(async () => {
      const result = await window.cairn.request('startBenchmark', order);
      if (!result.ok) {
        onRefused(result.failure);
        return result;
      }
      const { taskId } = result.value;
      if (taskId === null) return result;
      changePreferences((all) => ({ ...all, evaluators: withCommand(all.evaluators, order.command) }));
      setBegun(taskId);
      onBegun();
      return result;
    }, showBenchmarked);
  const isRunning = shown?.state === 'running';
  return {
    shown,
    task: (isRunning && running(tasks.get(shown.taskId))) || null,
    starting: own.running && !isRunning,
    start,
    cancel: () => {
      if (shown) void session.cancelTask(shown.taskId);
    },
  };
}

/** @param _tick another one for another state of it */
function asking(runId: string, _tick: string | null) {
  return async (): Promise<Result<ShownBenchmark | null>> => {
    const answer = await window.cairn.request('showBenchmark', { runId });
    if (!answer.ok) return answer;
    const { json } = answer.value;
    return { ok: true, value: json === null ? null : (JSON.parse(json) as ShownBenchmark) };
  };
}

function running(task: Task | undefined): Task | null {
  return task?.state === 'running' ? task : null;
}

function showBenchmarked({ measured, recorded, operations }: Benchmarked): void {
  const versions = plural(recorded, 'version');
  const unrecorded = `The benchmark is done${measured === 0 ? ': no version could be measured' : ''}`;
  const done = recorded === 0 ? unrecorded : `The benchmark of ${versions} is done and recorded`;
  const parts = operations.map(({ runId, operation }) => operationPart(runId, operation));
  if (parts.length === 0) showDone(done, null);
  else showWayBack({ done, undone: `The records of ${versions} are as before the benchmark`, parts });
}
