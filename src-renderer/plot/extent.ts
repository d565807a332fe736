/** What part of an axis is shown: from its lower end to its higher one. */
export interface Extent {
  low: number;
  high: number;
}

const wholes = new WeakMap<Float64Array, Extent | null>();

/**
 * From the lowest finite value to the highest; null where there is none. A whole column is gone through once.
 * @param values they never change
 * @param slots those that count; all without
 */
export function extentOf(values: Float64Array, slots?: Uint32Array): Extent | null {
  if (slots) return extentIn(valuesIn(values, slots));
  const before = wholes.get(values);
  if (before !== undefined) return before;
  const whole = extentIn(values);
  wholes.set(values, whole);
  return whole;
}

function extentIn(values: Float64Array): Extent | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? { low, high } : null;
}

function valuesIn(values: Float64Array, slots: Uint32Array): Float64Array {
  const found = new Float64Array(slots.length);
  for (let at = 0; at < slots.length; at += 1) found[at] = values[slots[at] ?? -1] ?? Number.NaN;
  return found;
}

/** The finite values, in an array of their own. @param slots those that count; all without */
export function numbersIn(values: Float64Array, slots?: Uint32Array): Float64Array {
  return (slots ? valuesIn(values, slots) : values).filter(Number.isFinite);
}

const known = new WeakMap<Float64Array, boolean>();

/** Whether any is finite; each column is looked through once. @param values they never change */
export function hasNumbers(values: Float64Array): boolean {
  const has = known.get(values) ?? values.some(Number.isFinite);
  known.set(values, has);
  return has;
}

/** Whether two columns say the same of every version. */
export function isEqualColumn(one: Float64Array, other: Float64Array): boolean {
  return one.length === other.length && one.every((value, slot) => Object.is(value, other[slot]));
}

/**
 * With room at both ends, so that nothing lies on the edge.
 * @param share of what is between the ends, to each side
 * @param aroundOne to each side of a single value: half of it, where nothing is given
 */
export function padded({ low, high }: Extent, share = 0.04, aroundOne?: number): Extent {
  const room = high > low ? (high - low) * share : (aroundOne ?? (Math.abs(low) / 2 || 1));
  return { low: Math.max(-Number.MAX_VALUE, low - room), high: Math.min(Number.MAX_VALUE, high + room) };
}

/** Nearer or farther, with one value staying where it is. @param factor below 1 to see less */
export function zoomed({ low, high }: Extent, around: number, factor: number): Extent {
  const near = { low: around - (around - low) * factor, high: around + (high - around) * factor };
  return isDrawable(near) ? near : { low, high };
}

export function shifted({ low, high }: Extent, by: number): Extent {
  return { low: low + by, high: high + by };
}

/** Whether the ends are far enough apart for numbers between them. */
function isDrawable({ low, high }: Extent): boolean {
  return Number.isFinite(high - low) && high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high), 1e-300);
}
