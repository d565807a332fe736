import type { Direction } from '../model/metric.ts';
import { finiteOrNull } from './compare-natural.ts';
import { nthHighest } from './nth-highest.ts';
import { clocksMeet, type Ranked, rankBest, rankLatest } from './rank-versions.ts';

/** The first `count` of `rankBest`, without sorting all. */
export function pickBest<T extends Ranked>(versions: readonly T[], mode: Direction, count: number): T[] {
  const sign = mode === 'max' ? 1 : -1;
  const finite = versions.filter(({ value }) => finiteOrNull(value) !== null);
  const able = shortlist(finite, ({ value }) => sign * (value ?? 0), count);
  return rankBest(able, mode).slice(0, count);
}

/** The first `count` of `rankLatest`, without sorting all. */
export function pickLatest<T extends Ranked>(versions: readonly T[], count: number): T[] {
  const able = shortlist(
    versions,
    ({ time }) => finiteOrNull(time?.milliseconds ?? null) ?? -Infinity,
    count,
  );
  return rankLatest(able).slice(0, count);
}

/**
 * The version with the lowest step of each `length` steps, counted from 0; of equal ones the oldest. Versions without a finite
 * step of 0 or more are passed over.
 */
export function pickEvery<T extends Ranked & { step: number | null }>(
  versions: readonly T[],
  length: number,
): T[] {
  const lowest = new Map<number, { step: number; equals: T[] }>();
  for (const version of versions) {
    const step = finiteOrNull(version.step) ?? -1;
    const bucket = Math.floor(step / length);
    const found = lowest.get(bucket);
    if (step >= 0 && step < (found?.step ?? Infinity)) lowest.set(bucket, { step, equals: [version] });
    else if (step === found?.step) found.equals.push(version);
  }
  return [...lowest.values()].flatMap(({ equals }) => rankLatest(equals).slice(-1));
}

/**
 * Those that can be among the `count` with the highest keys, ties included. Finding the lowest of these keys and sorting these few takes a
 * fraction of the time. Where absolute and zoneless times meet, what is
 * written is not what is compared: all of it then.
 */
function shortlist<T extends Ranked>(
  versions: readonly T[],
  key: (version: T) => number,
  count: number,
): readonly T[] {
  if (count === 0) return [];
  if (count >= versions.length || clocksMeet(versions)) return versions;
  const keys = new Float64Array(versions.length);
  versions.forEach((version, index) => {
    keys[index] = key(version);
  });
  const bar = nthHighest(keys.slice(), count);
  return versions.filter((_, index) => (keys[index] ?? bar) >= bar);
}
