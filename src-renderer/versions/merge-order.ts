import type { CompareSlots } from './sort-keys.ts';

/**
 * The order after some slots changed: what did not change keeps its place, what did is sorted and merged in. Takes
 * O(rows + changes × log changes), so a live run of 100,000 versions is not sorted anew on every save.
 */
export function mergeOrder(
  order: Uint32Array,
  changed: ReadonlySet<number>,
  isAlive: (slot: number) => boolean,
  compare: CompareSlots,
): Uint32Array {
  const kept = order.filter((slot) => !changed.has(slot));
  const fresh = Uint32Array.from([...changed].filter(isAlive)).sort(compare);
  if (kept.length === 0) return fresh;
  return fresh.length === 0 ? kept : merge(kept, fresh, compare);
}

function merge(left: Uint32Array, right: Uint32Array, compare: CompareSlots): Uint32Array {
  const merged = new Uint32Array(left.length + right.length);
  let [l, r] = [0, 0];
  for (let i = 0; i < merged.length; i += 1) {
    const fromLeft = r >= right.length || (l < left.length && compare(at(left, l), at(right, r)) <= 0);
    merged[i] = fromLeft ? at(left, l++) : at(right, r++);
  }
  return merged;
}

function at(slots: Uint32Array, index: number): number {
  return slots[index] ?? 0;
}
