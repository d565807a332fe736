import { useState } from 'react';
import type { View } from '../plot/frame.ts';

/** Where a chart was zoomed to, for as long as it shows the same; null for all of it. */
export function useView(shows: string): [View | null, (view: View | null) => void] {
  const [kept, setKept] = useState<{ shows: string; view: View | null }>({ shows, view: null });
  return [kept.shows === shows ? kept.view : null, (view) => setKept({ shows, view })];
}
