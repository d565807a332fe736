import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import type { VersionList } from '../versions/version-list.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';

/**
 * Keeps what is being read in place: rows that come or go above the view move the scroll by as much, unless the top is in
 * view, where new versions should appear. Another sort, grouping or filter starts at the top, and rows of another height
 * keep the first in view where it is. Returns what to call on every scroll.
 */
export function useScrollAnchor(
  scroller: RefObject<HTMLDivElement | null>,
  store: VersionsStore,
  { list, shown, filter }: VersionsSnapshot,
  { arrangement, rowHeight }: { arrangement: string; rowHeight: number },
): () => void {
  const anchor = useRef<number | undefined>(undefined);
  const anchorIndex = useRef(0);
  const before = useRef({ filter, arrangement, rowHeight });

  const note = useCallback(() => {
    anchorIndex.current = Math.floor(store.scrollTop / rowHeight);
    anchor.current = list.rowAt(anchorIndex.current)?.handle;
  }, [store, list, rowHeight]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` stands for what the live list holds
  useLayoutEffect(() => {
    const was = before.current;
    before.current = { filter, arrangement, rowHeight };
    if (store.scrollTop > 0 && scroller.current) {
      const isRearranged = was.filter !== filter || was.arrangement !== arrangement;
      const drift = driftOf(list, anchor.current, anchorIndex.current) * rowHeight;
      store.scrollTop = isRearranged ? 0 : store.scrollTop * (rowHeight / was.rowHeight) + drift;
      scroller.current.scrollTop = store.scrollTop;
    }
    note();
  }, [scroller, store, list, shown, filter, arrangement, rowHeight, note]);

  return () => {
    store.scrollTop = scroller.current?.scrollTop ?? 0;
    note();
  };
}

/** By how many lines a row has moved; 0 when it is gone. */
function driftOf(list: VersionList, handle: number | undefined, index: number): number {
  const now = handle === undefined ? -1 : list.indexOf(handle);
  return now < 0 ? 0 : now - index;
}
