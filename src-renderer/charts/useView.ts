import { useCallback, useState } from 'react';

/** Where a chart was zoomed to, for as long as it shows the same; null for all of it. Its ways to change that stay the same too. */
export function useView<T>(shows: string): [T | null, (view: T | null) => void, reset: () => void] {
  const [kept, setKept] = useState<{ shows: string; view: T | null }>({ shows, view: null });
  const change = useCallback((view: T | null) => setKept({ shows, view }), [shows]);
  const reset = useCallback(() => change(null), [change]);
  return [kept.shows === shows ? kept.view : null, change, reset];
}
