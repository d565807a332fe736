import type { Direction } from '../model/metric.ts';
import { sortIndices } from './sort-indices.ts';

/** One of the things that matter: a value for each index, and its better end. */
export interface Objective {
  values: Float64Array;
  direction: Direction;
}

/**
 * Those that no other beats: nothing is at least as good in every objective and better in one. Equal ones stand together.
 * What lacks a finite value in any objective neither stands on the front nor beats anything. O(n log n).
 * @param objectives two or three
 * @returns indices in the order of the first objective, the best first
 */
export function paretoFront(objectives: readonly Objective[], among: Uint32Array): Uint32Array {
  const contenders = withoutBeaten(objectives, finiteIn(objectives, among));
  const order = sortByAll(contenders, objectives);
  return sweep(order, objectives, createBar(objectives, order));
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

/** Without those that one strong all-rounder beats in everything: seldom all, often nearly all, and sorting is what costs. */
function withoutBeaten(objectives: readonly Objective[], among: Uint32Array): Uint32Array {
  const strong = allRounder(objectives, among);
  return objectives.length === 0
    ? among
    : keep(among, (index) => isAsGoodSomewhere(objectives, index, strong));
}

function isAsGoodSomewhere(objectives: readonly Objective[], index: number, strong: number): boolean {
  for (const { values, direction } of objectives)
    if (isAsGood(values[index] as number, values[strong] as number, direction)) return true;
  return false;
}

function isAsGood(value: number, bar: number, direction: Direction): boolean {
  return direction === 'max' ? value >= bar : value <= bar;
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

/** The one with the highest sum, each objective counted from its worst value to its best. */
function allRounder(objectives: readonly Objective[], among: Uint32Array): number {
  const sums = new Float64Array(among.length);
  for (const { values, direction } of objectives) addShares(sums, values, direction, among);
  let best = 0;
  for (let at = 1; at < sums.length; at += 1) if ((sums[at] ?? 0) > (sums[best] ?? 0)) best = at;
  return among[best] ?? 0;
}

function endsOf(values: Float64Array, among: Uint32Array): [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const index of among) {
    const value = values[index] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function addShares(sums: Float64Array, values: Float64Array, direction: Direction, among: Uint32Array): void {
  const [low, high] = endsOf(values, among);
  const scale = (direction === 'max' ? 1 : -1) / Math.max(high - low, Number.MIN_VALUE);
  for (let at = 0; at < among.length; at += 1)
    sums[at] = (sums[at] ?? 0) + ((values[among[at] ?? 0] ?? 0) - low) * scale;
}

/** What has been met so far: whether any of it is at least as good, in all but the first objective. */
interface Bar {
  covers: (index: number) => boolean;
  raise: (index: number) => void;
}

/** Whoever comes later in the order beats nobody before; so one look at what came before decides. */
function sweep(order: Uint32Array, objectives: readonly Objective[], bar: Bar): Uint32Array {
  const front: number[] = [];
  let last = -1;
  for (const index of order) {
    const isTwin = last >= 0 && areEqual(objectives, index, last);
    if (!isTwin && bar.covers(index)) continue;
    front.push(index);
    bar.raise(index);
    last = index;
  }
  return Uint32Array.from(front);
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
