import type { Movement } from '../commands/shortcuts.ts';

export const densities = ['compact', 'normal', 'roomy'] as const;
export type Density = (typeof densities)[number];

/** The height of a row, in pixels. */
export const rowHeights: Readonly<Record<Density, number>> = { compact: 26, normal: 32, roomy: 42 };
/** Pixels; table.css has the same. */
export const headerHeight = 34;

/** The value of grid-template-columns: fixed widths, and what is left over behind the last column. */
export function gridColumns(widths: readonly number[]): string {
  return `${widths.map((width) => `${width}px`).join(' ')} minmax(0, 1fr)`;
}

/** What the grid tells its cells: the widths of the columns, how far from the left pinned ones begin, the height of rows. */
export function gridStyle(
  widths: readonly number[],
  pinnedCount: number,
  rowHeight: number,
): Record<`--${string}`, string> {
  const edges = widths
    .slice(0, pinnedCount)
    .map((_, index) => widths.slice(0, index).reduce((sum, width) => sum + width, 0));
  return {
    '--columns': gridColumns(widths),
    '--row-height': `${rowHeight}px`,
    ...Object.fromEntries(edges.map((edge, index) => [`--left-${index}`, `${edge}px`])),
  };
}

/** Where a movement goes from a line; null where there is nowhere to go. `page` is the lines in view. */
export function moveLine(movement: Movement, line: number, count: number, page: number): number | null {
  const targets: Record<Movement, number> = {
    down: line + 1,
    up: line < 0 ? 0 : line - 1,
    pageDown: Math.max(line, 0) + page,
    pageUp: line - page,
    first: 0,
    last: count - 1,
  };
  return count === 0 ? null : Math.min(count - 1, Math.max(0, targets[movement]));
}

/** The scroll offset nearest to the present one at which a row is wholly in a view of that height. All pixels. */
export function scrollTopShowing(index: number, scrollTop: number, view: number, rowHeight: number): number {
  const top = index * rowHeight;
  return Math.max(Math.min(scrollTop, top), top + rowHeight - view);
}
