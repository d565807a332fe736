/** What part of an axis is shown: from its lower end to its higher one. */
export interface Extent {
  low: number;
  high: number;
}

/** From the lowest finite value to the highest; null where there is none. */
export function extentOf(values: Float64Array): Extent | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? { low, high } : null;
}

/** With room at both ends, so that nothing lies on the edge; around a single value, half of it to each side. */
export function padded({ low, high }: Extent, share = 0.04): Extent {
  const room = high > low ? (high - low) * share : Math.abs(low) / 2 || 1;
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
