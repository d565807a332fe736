import { type RefObject, useLayoutEffect, useRef } from 'react';
import { type Cursor, lineOf } from '../versions/cursor.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import { headerHeight, scrollTopShowing } from './geometry.ts';

/**
 * Scrolls to where the keyboard stands when that moves, by whatever way; afterwards the user may scroll away from it. What is
 * to be shown as soon as it is there stays in view until all rows are.
 */
export function useCursorInView(
  scroller: RefObject<HTMLDivElement | null>,
  store: VersionsStore,
  { list, shown: lines, loading, cursor }: VersionsSnapshot,
  rowHeight: number,
): void {
  const shown = useRef(nameOf(cursor));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `lines` stands for what the live list holds
  useLayoutEffect(() => {
    if (shown.current === nameOf(cursor) && !store.isUnseen) return;
    shown.current = nameOf(cursor);
    if (!loading) store.isUnseen = false;
    const line = lineOf(list, cursor);
    const element = scroller.current;
    if (line < 0 || !element) return;
    const view = element.clientHeight - headerHeight;
    element.scrollTop = scrollTopShowing(line, element.scrollTop, view, rowHeight);
  }, [scroller, store, list, lines, loading, cursor, rowHeight]);
}

function nameOf(cursor: Cursor | null): string {
  return JSON.stringify(cursor);
}
