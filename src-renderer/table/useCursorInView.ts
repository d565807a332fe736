import { type RefObject, useLayoutEffect, useRef } from 'react';
import { type Cursor, lineOf } from '../versions/cursor.ts';
import type { RunSnapshot } from '../versions/run-store.ts';
import { headerHeight, scrollTopShowing } from './geometry.ts';

/** Scrolls to where the keyboard stands when that moves, by whatever way; afterwards the user may scroll away from it. */
export function useCursorInView(
  scroller: RefObject<HTMLDivElement | null>,
  { list, cursor }: RunSnapshot,
  rowHeight: number,
): void {
  const shown = useRef(nameOf(cursor));
  useLayoutEffect(() => {
    if (shown.current === nameOf(cursor)) return;
    shown.current = nameOf(cursor);
    const line = lineOf(list, cursor);
    const element = scroller.current;
    if (line < 0 || !element) return;
    const view = element.clientHeight - headerHeight;
    element.scrollTop = scrollTopShowing(line, element.scrollTop, view, rowHeight);
  }, [scroller, list, cursor, rowHeight]);
}

function nameOf(cursor: Cursor | null): string {
  return JSON.stringify(cursor);
}
