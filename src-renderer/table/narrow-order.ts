import type { TableColumn } from './columns.ts';

type Placed = Pick<TableColumn, 'id' | 'width' | 'shown' | 'deciding'>;

/**
 * Whether a window is too narrow for the order in which columns stand first: one that decides would not be seen whole without scrolling.
 * It goes by the window and by widths that nobody changed, so that nothing changes places while details open or an edge is dragged.
 * @param visible what somebody showed or hid
 * @param windowWidth pixels
 */
export function isTooNarrow(
  columns: readonly Placed[],
  visible: ReadonlyMap<string, boolean>,
  windowWidth: number,
): boolean {
  const seen = columns.filter(({ id, shown }) => visible.get(id) ?? shown);
  const end = seen.findLastIndex(({ deciding }) => deciding !== null) + 1;
  return seen.slice(0, end).reduce((sum, { width }) => sum + width, 0) > roomBesideDetails(windowWidth);
}

/** What decides, then all that gives way to it, as it stands otherwise. */
export function narrowOrder<Column extends Placed>(columns: readonly Column[]): Column[] {
  const rank = ({ deciding }: Column) => deciding ?? columns.length;
  return columns.toSorted((a, b) => rank(a) - rank(b));
}

/** What columns give way at most where those that decide do not find room: names of runs are mostly short, and a badge that is cut is told under the pointer. */
const givesWay: ReadonlyMap<string, number> = new Map([
  ['run', 60],
  ['version', 60],
]);

/**
 * The widths of columns in a narrow window, where they are others than usual: as much less as it takes to show, up to the integrity, what decides.
 * @param windowWidth pixels
 */
export function narrowWidths(
  columns: readonly Placed[],
  visible: ReadonlyMap<string, boolean>,
  windowWidth: number,
): Map<string, number> {
  const seen = narrowOrder(columns).filter(({ id, shown }) => visible.get(id) ?? shown);
  const end = seen.findIndex(({ id }) => id === 'integrity') + 1;
  let missing =
    seen.slice(0, end).reduce((sum, { width }) => sum + width, 0) - roomBesideDetails(windowWidth);
  const widths = new Map<string, number>();
  for (const [id, most] of givesWay) {
    const column = seen.find((each) => each.id === id);
    const less = Math.min(most, Math.ceil(missing));
    if (!column || less <= 0) continue;
    widths.set(id, column.width - less);
    missing -= less;
  }
  return widths;
}

/** What the list of runs and the details leave of a window, by the widths that sidebar.css and details.css give them, in pixels. */
function roomBesideDetails(windowWidth: number): number {
  const scrollBar = 11;
  const sidebar = Math.min(232, Math.max(168, windowWidth * 0.15));
  const details = Math.min(420, Math.max(308, windowWidth * 0.25));
  return windowWidth - sidebar - details - scrollBar;
}
