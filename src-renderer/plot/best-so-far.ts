import type { Direction } from '../../shared/model/metric.ts';

/**
 * The versions that were better than all before them, in their order along `x`; of those at one place the best alone.
 * @param order slots by `x`, the lowest first
 * @param isShown by slot, 1 for those that count
 */
export function bestSoFar(
  order: Uint32Array,
  isShown: Uint8Array,
  x: Float64Array,
  y: Float64Array,
  direction: Direction,
): Uint32Array {
  const sign = direction === 'max' ? 1 : -1;
  let best = -Number.MAX_VALUE;
  const rising: number[] = [];
  for (const slot of order) {
    const value = isShown[slot] === 1 ? sign * (y[slot] ?? Number.NaN) : Number.NaN;
    if (!(value > best) || value === Number.POSITIVE_INFINITY) continue;
    best = value;
    rising.push(slot);
  }
  return Uint32Array.from(rising.filter((slot, index) => x[slot] !== x[rising[index + 1] ?? -1]));
}
