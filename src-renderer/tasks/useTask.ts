import { useRef, useState } from 'react';
import type { Task } from '../../shared/model/task.ts';
import { type Action, useAction } from '../dialogs/useAction.ts';
import { useShown } from '../dialogs/useShown.ts';
import { useSession, useSessionPart } from '../session/useSession.ts';
import { type Begin, finishEach, finishTask } from './finish-task.ts';
import { showBackgroundFailure } from './show-background-failure.tsx';

/** Long work that a part of the screen began, which goes on when that is gone from the screen: what fails then is told by a toast. */
export interface TaskRun {
  running: boolean;
  failure: Action['failure'];
  /** How far it is; null while that is not known. */
  task: Task | null;
  /**
   * Begins it, unless such work is under way. `onDone` gets what came of it, and whether what began it is still on the screen; it is
   * not called where the work was cancelled.
   */
  run: <T>(beginning: Begin, onDone: (value: T, isShown: boolean) => void) => void;
  /**
   * As {@link run}, one after another until one fails or is cancelled; `onDone` is called once with what came of those before, unless
   * there are none.
   */
  runAll: <T>(begins: readonly Begin[], onDone: (values: readonly T[], isShown: boolean) => void) => void;
  cancel: () => void;
}

export function useTask(onFailed?: () => void): TaskRun {
  const session = useSession();
  const shown = useShown();
  const latest = useRef<string | null>(null);
  const action = useAction(onFailed, (failure) => showBackgroundFailure(session, latest.current, failure));
  const [taskId, setTaskId] = useState<string | null>(null);
  const task = useSessionPart(({ tasks }) => (taskId === null ? null : (tasks.get(taskId) ?? null)));
  const begin = (id: string | null) => {
    latest.current = id;
    setTaskId(id);
  };
  const run: TaskRun['run'] = <T>(beginning: Begin, onDone: (value: T, isShown: boolean) => void) => {
    begin(null);
    action.run<T | null>(
      () => finishTask<T>(beginning, begin),
      (value, isShown) => value !== null && onDone(value, isShown),
    );
  };
  const runAll: TaskRun['runAll'] = <T>(
    begins: readonly Begin[],
    onDone: (values: readonly T[], isShown: boolean) => void,
  ) => {
    begin(null);
    const values: T[] = [];
    const tell = () => {
      if (values.length > 0) onDone(values, shown.current);
    };
    action.run(async () => {
      const end = await finishEach<T>(begins, begin, (value) => values.push(value));
      if (!end.ok) tell();
      return end;
    }, tell);
  };
  return {
    running: action.running,
    failure: action.failure,
    task: action.running ? task : null,
    run,
    runAll,
    cancel: () => {
      if (taskId !== null) void session.cancelTask(taskId);
    },
  };
}
