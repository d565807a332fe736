import { useMemo, useSyncExternalStore } from 'react';
import type { TableColumn } from './columns.ts';
import { isTooNarrow, narrowWidths } from './narrow-order.ts';

/** Whether this window is too narrow for the order in which columns stand first; it draws anew only when that changes. */
export function useIsNarrow(columns: readonly TableColumn[], visible: ReadonlyMap<string, boolean>): boolean {
  return useSyncExternalStore(subscribe, () => isTooNarrow(columns, visible, window.innerWidth));
}

/** The widths that columns have in this window, where it is too narrow for the usual ones. */
export function useNarrowWidths(
  columns: readonly TableColumn[],
  visible: ReadonlyMap<string, boolean>,
): ReadonlyMap<string, number> {
  const told = useSyncExternalStore(subscribe, () =>
    JSON.stringify([...narrowWidths(columns, visible, window.innerWidth)]),
  );
  return useMemo(() => new Map(JSON.parse(told) as [string, number][]), [told]);
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('resize', changed);
  return () => window.removeEventListener('resize', changed);
}
