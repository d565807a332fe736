import type { Direction } from '../model/metric.ts';
import { sortIndices } from './sort-indices.ts';

/** One of the things that matter: a value for each index, and its better end. */
export interface Objective {
  values: Float64Array;
  direction: Direction;
}

/** These in the order in which fronts are found; whoever lacks a finite value is left out. O(n log n), and one order serves any of them. */
export function sortForFronts(objectives: readonly Objective[], among: Uint32Array): Uint32Array {
  return sortByAll(finiteIn(objectives, among), objectives);
}

/**
 * Those that no other beats: nothing is at least as good in every objective and better in one. Equal ones stand together.
 * What lacks a finite value in any objective neither stands on the front nor beats anything.
 * @param objectives two or three
 * @param sorted by {@link sortForFronts}: while a filter changes, nothing is sorted anew
 * @param isAmong by index, 1 for those that count; all where it is not given
 * @returns indices in the order of the first objective, the best first
 */
export function paretoFront(
  objectives: readonly Objective[],
  sorted: Uint32Array,
  isAmong: Uint8Array | null = null,
): Uint32Array {
  const bar = createBar(objectives, sorted);
  const front: number[] = [];
  let last = -1;
  // Whoever comes later in the order beats nobody before; so one look at what came before decides.
  for (const index of sorted) {
    if (isAmong?.[index] === 0) continue;
    const isTwin = last >= 0 && areEqual(objectives, index, last);
    if (!isTwin && bar.covers(index)) continue;
    front.push(index);
    bar.raise(index);
    last = index;
  }
  return Uint32Array.from(front);
}

/** Runs of equal ones that are longer are sorted as a list of their own. */
const shortRun = 1000;

/** The best in the first objective first, of equal ones the best in the second, and so on. */
function sortByAll(indices: Uint32Array, [first, ...others]: readonly Objective[]): Uint32Array {
  if (!first) return indices;
  const order = sortIndices(indices, first.values, first.direction);
  const isEqual = (a: number, b: number) => first.values[order[a] ?? 0] === first.values[order[b] ?? 0];
  for (let start = 0, end = 1; start < order.length; start = end, end += 1) {
    while (end < order.length && isEqual(start, end)) end += 1;
    if (end - start > 1) sortRun(order.subarray(start, end), others);
  }
  return order;
}

/** Sorts in place. */
function sortRun(run: Uint32Array, objectives: readonly Objective[]): void {
  if (run.length > shortRun) {
    run.set(sortByAll(run, objectives));
    return;
  }
  const goodness = objectives.map(goodnessOf);
  run.sort((a, b) => {
    for (const of of goodness) if (of(a) !== of(b)) return of(b) - of(a);
    return 0;
  });
}

function finiteIn(objectives: readonly Objective[], among: Uint32Array): Uint32Array {
  return keep(among, (index) => {
    for (const { values } of objectives) if (!Number.isFinite(values[index])) return false;
    return true;
  });
}

/** What `filter` does, in a third of its time. */
function keep(indices: Uint32Array, test: (index: number) => boolean): Uint32Array {
  const kept = new Uint32Array(indices.length);
  let count = 0;
  for (const index of indices) {
    if (!test(index)) continue;
    kept[count] = index;
    count += 1;
  }
  return kept.slice(0, count);
}

/** What has been met so far: whether any of it is at least as good, in all but the first objective. */
interface Bar {
  covers: (index: number) => boolean;
  raise: (index: number) => void;
}

function areEqual(objectives: readonly Objective[], a: number, b: number): boolean {
  for (const { values } of objectives) if (values[a] !== values[b]) return false;
  return true;
}

function createBar([, second, third]: readonly Objective[], among: Uint32Array): Bar {
  if (!second) return oneOnly();
  return third ? staircase(second, third, among) : highest(second);
}

function oneOnly(): Bar {
  let met = false;
  return {
    covers: () => met,
    raise: () => {
      met = true;
    },
  };
}

function highest(objective: Objective): Bar {
  const goodness = goodnessOf(objective);
  let best = Number.NEGATIVE_INFINITY;
  return {
    covers: (index) => best >= goodness(index),
    raise: (index) => {
      best = Math.max(best, goodness(index));
    },
  };
}

/** A Fenwick tree over the ranks in one objective that holds the best of the other. */
function staircase(ranked: Objective, other: Objective, among: Uint32Array): Bar {
  const goodness = goodnessOf(other);
  const ranks = denseRanks(ranked, among);
  const best = new Float64Array(among.length + 1).fill(Number.NEGATIVE_INFINITY);
  return {
    covers: (index) => {
      const needed = goodness(index);
      for (let at = ranks[index] ?? 0; at > 0; at -= at & -at) if ((best[at] ?? 0) >= needed) return true;
      return false;
    },
    raise: (index) => {
      const value = goodness(index);
      for (let at = ranks[index] ?? 0; at < best.length; at += at & -at)
        best[at] = Math.max(best[at] ?? value, value);
    },
  };
}

/** By index: 1 for the best value, and the same rank for the same value. */
function denseRanks({ values, direction }: Objective, among: Uint32Array): Uint32Array {
  const ranks = new Uint32Array(values.length);
  let rank = 0;
  let before = Number.NaN;
  for (const index of sortIndices(among, values, direction)) {
    const value = values[index] ?? 0;
    if (value !== before) rank += 1;
    ranks[index] = rank;
    before = value;
  }
  return ranks;
}

function goodnessOf({ values, direction }: Objective): (index: number) => number {
  const sign = direction === 'max' ? 1 : -1;
  return (index) => sign * (values[index] ?? 0);
}
