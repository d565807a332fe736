import { type Density, densities } from './geometry.ts';

/** What the heading of a group says of a number: a sum of its rows, or the value of one of them. */
export const groupSummaries = ['mean', 'min', 'max', 'best', 'last'] as const;
export type GroupSummary = (typeof groupSummaries)[number];

/** How a user arranged the table: only what differs from the columns' own defaults, plus the order once changed. */
export interface TableLayout {
  order: readonly string[];
  /** Columns that stay in view at the left, whatever is scrolled. */
  pinned: readonly string[];
  visible: ReadonlyMap<string, boolean>;
  /** Pixels. */
  widths: ReadonlyMap<string, number>;
  sort: { id: string; desc: boolean } | null;
  density: Density;
  /** What rows are grouped by; see groupings.ts. */
  group: string | null;
  summary: GroupSummary;
}

export const emptyLayout: TableLayout = {
  order: [],
  pinned: ['version'],
  visible: new Map(),
  widths: new Map(),
  sort: null,
  density: 'normal',
  group: null,
  summary: 'mean',
};

export const minimumWidth = 48;
const maximumWidth = 1200;

export function clampWidth(width: number): number {
  return Math.min(maximumWidth, Math.max(minimumWidth, Math.ceil(width)));
}

/** The saved order with the columns it does not know put after their neighbours by default; unknown ids are dropped. */
export function completeOrder(saved: readonly string[], defaults: readonly string[]): string[] {
  const known = new Set(defaults);
  const placed = new Set(saved.filter((id) => known.has(id)));
  if (placed.size === 0) return [...defaults];
  const order = [...placed];
  defaults.forEach((id, index) => {
    if (!placed.has(id)) order.splice(order.indexOf(defaults[index - 1] ?? '') + 1, 0, id);
  });
  return order;
}

/** The order with one column moved to where another stands. */
export function moveBeside(order: readonly string[], id: string, target: string): string[] {
  const [from, to] = [order.indexOf(id), order.indexOf(target)];
  return from < 0 || to < 0 ? [...order] : order.toSpliced(from, 1).toSpliced(to, 0, id);
}

/** The order with pinned columns first. */
export function pinnedFirst(order: readonly string[], pinned: readonly string[]): string[] {
  return [...order.filter((id) => pinned.includes(id)), ...order.filter((id) => !pinned.includes(id))];
}

/** A layout as JSON can hold it: names from files stay values and never become keys. */
export function encodeLayout({ visible, widths, ...plain }: TableLayout): object {
  return { ...plain, visible: [...visible], widths: [...widths] };
}

/** Reads what {@link encodeLayout} wrote; whatever is not as it should be is left out. */
export function decodeLayout(value: unknown): TableLayout {
  const { order, pinned, visible, widths, sort, density, group, summary } = asObject(value);
  return {
    order: asArray(order).filter(isString),
    pinned: Array.isArray(pinned) ? pinned.filter(isString) : emptyLayout.pinned,
    visible: new Map(pairs(visible, (item) => typeof item === 'boolean')),
    widths: new Map(
      pairs(widths, (item) => typeof item === 'number').map(([id, width]) => [id, clampWidth(width)]),
    ),
    sort: decodeSort(sort),
    density: oneOf(densities, density) ?? emptyLayout.density,
    group: isString(group) ? group : null,
    summary: oneOf(groupSummaries, summary) ?? emptyLayout.summary,
  };
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((each) => each === value);
}

function decodeSort(value: unknown): TableLayout['sort'] {
  const { id, desc } = asObject(value);
  return isString(id) && typeof desc === 'boolean' ? { id, desc } : null;
}

function pairs<T>(value: unknown, isT: (item: unknown) => item is T): [string, T][] {
  return asArray(value)
    .map((pair) => asArray(pair))
    .filter((pair): pair is [string, T] => isString(pair[0]) && isT(pair[1]));
}

export function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}
