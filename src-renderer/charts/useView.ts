import { useState } from 'react';

/** Where a chart was zoomed to, for as long as it shows the same; null for all of it. */
export function useView<T>(shows: string): [T | null, (view: T | null) => void] {
  const [kept, setKept] = useState<{ shows: string; view: T | null }>({ shows, view: null });
  return [kept.shows === shows ? kept.view : null, (view) => setKept({ shows, view })];
}
