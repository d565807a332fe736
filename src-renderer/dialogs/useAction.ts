import { useState } from 'react';
import type { Failure, Result } from '../../shared/failure.ts';
import { showLateFailure } from '../bridge/show-failure.ts';
import { useShown } from './useShown.ts';

export interface Action {
  running: boolean;
  failure: Failure | null;
  /** Does it, unless it is being done already; `onDone` gets what came of it, and whether what began it is still on the screen. */
  run: <T>(request: () => Promise<Result<T>>, onDone: (value: T, isShown: boolean) => void) => void;
}

/**
 * Something a dialog does once it is told to; a failure stays in the dialog until the next try, and is told where the dialog is gone.
 * @param tellLate tells of it then
 */
export function useAction(
  onFailed?: () => void,
  tellLate: (failure: Failure) => void = showLateFailure,
): Action {
  const shown = useShown();
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run: Action['run'] = (request, onDone) => {
    if (running) return;
    setRunning(true);
    setFailure(null);
    void request().then((result) => {
      setRunning(false);
      if (result.ok) return onDone(result.value, shown.current);
      setFailure(result.failure);
      onFailed?.();
      if (!shown.current) tellLate(result.failure);
    });
  };
  return { running, failure, run };
}
