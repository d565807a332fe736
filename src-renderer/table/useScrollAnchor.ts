import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';
import type { VersionList } from '../versions/version-list.ts';
import { rowHeight } from './geometry.ts';

/**
 * Keeps what is being read in place: rows that come or go above the view move the scroll by as much, unless the top is in
 * view, where new versions should appear. A new sort or filter starts at the top. Returns what to call on every scroll.
 */
export function useScrollAnchor(
  scroller: RefObject<HTMLDivElement | null>,
  store: RunStore,
  { list, shown, filter }: RunSnapshot,
  sort: unknown,
): () => void {
  const anchor = useRef<number | undefined>(undefined);
  const anchorIndex = useRef(0);
  const arrangement = useRef({ filter, sort });

  const note = useCallback(() => {
    anchorIndex.current = Math.floor(store.scrollTop / rowHeight);
    anchor.current = list.rowAt(anchorIndex.current)?.handle;
  }, [store, list]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` stands for what the live list holds
  useLayoutEffect(() => {
    const rearranged = arrangement.current.filter !== filter || arrangement.current.sort !== sort;
    arrangement.current = { filter, sort };
    if (store.scrollTop > 0 && scroller.current) {
      const drift = driftOf(list, anchor.current, anchorIndex.current);
      store.scrollTop = rearranged ? 0 : store.scrollTop + drift;
      scroller.current.scrollTop = store.scrollTop;
    }
    note();
  }, [scroller, store, list, shown, filter, sort, note]);

  return () => {
    store.scrollTop = scroller.current?.scrollTop ?? 0;
    note();
  };
}

/** How far a row has moved, in pixels; 0 when it is gone. */
function driftOf(list: VersionList, handle: number | undefined, index: number): number {
  const now = handle === undefined ? -1 : list.indexOf(handle);
  return now < 0 ? 0 : (now - index) * rowHeight;
}
