/** Pixels; table.css has the same. */
export const rowHeight = 32;
export const headerHeight = 34;

/** The value of grid-template-columns: fixed widths, and what is left over behind the last column. */
export function gridColumns(widths: readonly number[]): string {
  return `${widths.map((width) => `${width}px`).join(' ')} minmax(0, 1fr)`;
}

/** Where the selection goes for a key; null when the key is not one of movement. `page` is the rows in view. */
export function moveSelection(key: string, index: number, count: number, page: number): number | null {
  const steps = new Map([
    ['ArrowDown', index + 1],
    ['ArrowUp', index < 0 ? 0 : index - 1],
    ['PageDown', Math.max(index, 0) + page],
    ['PageUp', index - page],
    ['Home', 0],
    ['End', count - 1],
  ]);
  const wanted = steps.get(key);
  return wanted === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, wanted));
}

/** The scroll offset nearest to the present one at which a row is wholly in a view of that height. All pixels. */
export function scrollTopShowing(index: number, scrollTop: number, view: number): number {
  const top = index * rowHeight;
  return Math.max(Math.min(scrollTop, top), top + rowHeight - view);
}
