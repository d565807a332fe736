import { useState } from 'react';
import type { Failure, Result } from '../../shared/failure.ts';

export interface Action {
  running: boolean;
  failure: Failure | null;
  /** Does it, unless it is being done already; `onDone` gets what came of it. */
  run: <T>(request: () => Promise<Result<T>>, onDone: (value: T) => void) => void;
}

/** Something a dialog does once it is told to; a failure stays in the dialog until the next try. */
export function useAction(onFailed?: (failure: Failure) => void): Action {
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run: Action['run'] = (request, onDone) => {
    if (running) return;
    setRunning(true);
    setFailure(null);
    void request().then((result) => {
      setRunning(false);
      if (result.ok) onDone(result.value);
      else {
        setFailure(result.failure);
        onFailed?.(result.failure);
      }
    });
  };
  return { running, failure, run };
}
