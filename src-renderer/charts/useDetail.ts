import { startTransition, useEffect, useState } from 'react';
import type { Detail } from '../plot/detail.ts';

/** In milliseconds: so long nothing changes before it is drawn in full. */
const settling = 160;
/** So few are drawn in full at once. */
export const alwaysFull = 10_000;

/** The versions that were shown when they last stood still. @param shown another array for other versions */
export function useSettled(shown: Uint32Array): Uint32Array {
  const [settled, setSettled] = useState(shown);
  useEffect(() => {
    // A key does not wait for what is drawn in full.
    const timer = setTimeout(() => startTransition(() => setSettled(shown)), settling);
    return () => clearTimeout(timer);
  }, [shown]);
  return settled;
}

/** How finely to draw these versions: many of them roughly until they stand still. */
export function detailOf(shown: Uint32Array, settled: Uint32Array): Detail {
  return settled === shown || shown.length <= alwaysFull ? 'full' : 'draft';
}
