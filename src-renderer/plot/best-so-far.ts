import type { Direction } from '../../shared/model/metric.ts';
import { sortIndices } from '../../shared/query/sort-indices.ts';

/** The versions that were better than all before them, in the order of `x`; of those at one place the best alone. */
export function bestSoFar(
  slots: Uint32Array,
  x: Float64Array,
  y: Float64Array,
  direction: Direction,
): Uint32Array {
  const sign = direction === 'max' ? 1 : -1;
  let best = Number.NEGATIVE_INFINITY;
  const better = (slot: number) => {
    const value = sign * (y[slot] ?? Number.NaN);
    if (!(value > best)) return false;
    best = value;
    return true;
  };
  return sortIndices(sortIndices(slots, y, direction), x, 'min').filter(better);
}
