import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { RunSnapshot } from '../versions/run-store.ts';
import { headerHeight, scrollTopShowing } from './geometry.ts';

/** Scrolls to a version when it becomes the selected one, by whatever way; afterwards the user may scroll away from it. */
export function useSelectionInView(
  scroller: RefObject<HTMLDivElement | null>,
  { list, selected }: RunSnapshot,
): void {
  const shown = useRef(selected);
  useLayoutEffect(() => {
    if (shown.current === selected) return;
    shown.current = selected;
    const index = selected === null ? -1 : list.indexOf(selected);
    const element = scroller.current;
    if (index < 0 || !element) return;
    element.scrollTop = scrollTopShowing(index, element.scrollTop, element.clientHeight - headerHeight);
  }, [scroller, list, selected]);
}
