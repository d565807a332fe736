import { useEffect, useState } from 'react';
import type { Detail } from '../plot/detail.ts';

/** In milliseconds: so long nothing changes before it is drawn in full. */
export const settling = 160;
/** So few are drawn in full at once. */
const alwaysFull = 10_000;

/** How finely to draw these versions: many of them roughly until they stand still. @param shown another array for other versions */
export function useDetail(shown: Uint32Array): Detail {
  const [settled, setSettled] = useState<Uint32Array>(shown);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(shown), settling);
    return () => clearTimeout(timer);
  }, [shown]);
  return settled === shown || shown.length <= alwaysFull ? 'full' : 'draft';
}
