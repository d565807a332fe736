/** How a user arranged the table: only what differs from the columns' own defaults, plus the order once changed. */
export interface TableLayout {
  order: readonly string[];
  visible: ReadonlyMap<string, boolean>;
  /** Pixels. */
  widths: ReadonlyMap<string, number>;
  sort: { id: string; desc: boolean } | null;
}

export const emptyLayout: TableLayout = { order: [], visible: new Map(), widths: new Map(), sort: null };

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

/** A layout as JSON can hold it: names from files stay values and never become keys. */
export function encodeLayout({ order, visible, widths, sort }: TableLayout): object {
  return { order, visible: [...visible], widths: [...widths], sort };
}

/** Reads what {@link encodeLayout} wrote; whatever is not as it should be is left out. */
export function decodeLayout(value: unknown): TableLayout {
  const { order, visible, widths, sort } = asObject(value);
  return {
    order: asArray(order).filter(isString),
    visible: new Map(pairs(visible, (item) => typeof item === 'boolean')),
    widths: new Map(
      pairs(widths, (item) => typeof item === 'number').map(([id, width]) => [id, clampWidth(width)]),
    ),
    sort: decodeSort(sort),
  };
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

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
