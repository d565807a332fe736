import type { Rect, Virtualizer } from '@tanstack/react-virtual';

type Rows = Virtualizer<HTMLDivElement, Element>;

/** What is taken for the view before it is laid out: at most the window. */
export function assumedView(): Rect {
  return { width: window.innerWidth, height: window.innerHeight };
}

/**
 * Tells how much of a table is in view, whenever that changes. The first time is when the page is laid out anyway: the library's own way asks
 * before, and has the page laid out twice.
 */
export function observeView(rows: Rows, tell: (view: Rect) => void): (() => void) | undefined {
  const view = rows.scrollElement;
  if (!view) return undefined;
  const observer = new ResizeObserver(() => tell({ width: view.clientWidth, height: view.clientHeight }));
  observer.observe(view);
  return () => observer.disconnect();
}
