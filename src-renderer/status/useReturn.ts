import { useEffect, useRef, useState } from 'react';
import type { WatchState } from '../../shared/model/run.ts';

/** How long it is said that a folder is back, in milliseconds. */
const saidFor = 20_000;

/** Whether the folder was gone until a moment ago. */
export function useReturn(state: WatchState['state']): boolean {
  const before = useRef(state);
  const [isBack, setBack] = useState(false);
  useEffect(() => {
    const returned = before.current === 'gone' && state !== 'gone';
    before.current = state;
    if (returned) setBack(true);
    if (state === 'gone') setBack(false);
  }, [state]);
  useEffect(() => {
    const over = isBack && setTimeout(() => setBack(false), saidFor);
    return () => {
      if (over) clearTimeout(over);
    };
  }, [isBack]);
  return isBack;
}
