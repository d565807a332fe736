import { type RefObject, useEffect, useRef } from 'react';

/** Whether the part of the screen that asks is still there, for what ends later than it may. */
export function useShown(): Readonly<RefObject<boolean>> {
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  return shown;
}
