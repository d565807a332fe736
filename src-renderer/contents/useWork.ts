import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '../../shared/failure.ts';
import type { Task } from '../../shared/model/task.ts';
import { finishTask } from '../tasks/finish-task.ts';

/** Long work that this part of the screen began: how far it is, what came of it, and the way to stop it. */
export interface WorkState<T> {
  running: boolean;
  /** How far it is; null while that is not known. */
  task: Task | null;
  value: T | null;
  failure: Failure | null;
  start: (begin: () => Promise<Result<{ taskId: string | null }>>) => void;
  cancel: () => void;
}

interface Known<T> {
  running: boolean;
  value: T | null;
  failure: Failure | null;
}

/**
 * Work is cancelled when what began it goes from the screen, or begins something else.
 * @param onGivenUp where it goes from the screen while it is at work
 */
export function useWork<T>(onGivenUp?: () => void): WorkState<T> {
  const [known, setKnown] = useState<Known<T>>({ running: false, value: null, failure: null });
  const [task, setTask] = useState<Task | null>(null);
  const current = useRef<string | null>(null);
  const round = useRef(0);
  const runs = useRef(false);

  /** Of work that is only being begun: it is cancelled as soon as it has begun. */
  const isStopped = useRef(false);

  const cancel = useCallback(() => {
    isStopped.current = true;
    const taskId = current.current;
    if (taskId !== null) void window.cairn.request('cancelTask', { taskId });
  }, []);

  const start = useCallback<WorkState<T>['start']>(
    (begin) => {
      cancel();
      current.current = null;
      isStopped.current = false;
      round.current += 1;
      const own = round.current;
      const set = (next: Known<T>) => {
        if (own !== round.current) return;
        runs.current = next.running;
        setKnown(next);
      };
      set({ running: true, value: null, failure: null });
      setTask(null);
      void finishTask<T>(begin, (taskId) => {
        if (own === round.current) current.current = taskId;
        if (own !== round.current || isStopped.current) void window.cairn.request('cancelTask', { taskId });
      }).then((end) =>
        set({ running: false, value: end.ok ? end.value : null, failure: end.ok ? null : end.failure }),
      );
    },
    [cancel],
  );

  useEffect(
    () =>
      window.cairn.subscribe('taskProgressed', (told) => {
        if (told.taskId === current.current) setTask(told);
      }),
    [],
  );
  useEffect(
    () => () => {
      round.current += 1;
      if (runs.current) onGivenUp?.();
      cancel();
    },
    [cancel, onGivenUp],
  );
  return { ...known, task, start, cancel };
}
