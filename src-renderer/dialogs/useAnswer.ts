import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '../../shared/failure.ts';

export interface Answer<T> {
  /** The last answer that came, which may be to an earlier question. */
  value: T | null;
  failure: Failure | null;
  /** Whether the answer to the question as it is now is still to come. */
  waiting: boolean;
  askAgain: () => void;
}

/**
 * Asks when it is first shown and whenever `ask` is another one (memoize it). One question is under way at a time, and
 * questions that were overtaken while they waited are never asked: an answer may take reading gigabytes.
 */
export function useAnswer<T>(ask: () => Promise<Result<T>>): Answer<T> {
  const [answer, setAnswer] = useState<{ to: unknown; round: number; result: Result<T> } | null>(null);
  const [round, setRound] = useState(0);
  const underWay = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    let wanted = true;
    underWay.current = underWay.current.then(async () => {
      if (!wanted) return;
      const result = await ask();
      if (wanted) setAnswer({ to: ask, round, result });
    });
    return () => {
      wanted = false;
    };
  }, [ask, round]);
  const result = answer?.result;
  return {
    value: result?.ok ? result.value : null,
    failure: result?.ok === false ? result.failure : null,
    waiting: answer?.to !== ask || answer.round !== round,
    askAgain: useCallback(() => setRound((past) => past + 1), []),
  };
}
