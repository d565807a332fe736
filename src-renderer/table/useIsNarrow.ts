import { useSyncExternalStore } from 'react';
import type { TableColumn } from './columns.ts';
import { isTooNarrow } from './narrow-order.ts';

/** Whether this window is too narrow for the order in which columns stand first; it draws anew only when that changes. */
export function useIsNarrow(columns: readonly TableColumn[], visible: ReadonlyMap<string, boolean>): boolean {
  return useSyncExternalStore(subscribe, () => isTooNarrow(columns, visible, window.innerWidth));
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('resize', changed);
  return () => window.removeEventListener('resize', changed);
}
