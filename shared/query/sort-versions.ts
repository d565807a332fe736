import { compareNatural, finiteOrNull } from './compare-natural.ts';
import { type Clock, localClock, momentOf } from './local-clock.ts';
import type { Timestamp } from './parse-timestamp.ts';
import { clocksMeet } from './rank-versions.ts';

/** Numbers as numbers; NaN, ±Infinity and missing last in both directions. Equal ones keep their order. */
export function compareNumbers(a: number | null, b: number | null, direction: 'asc' | 'desc'): number {
  const [left, right] = [finiteOrNull(a), finiteOrNull(b)];
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return direction === 'asc' ? left - right : right - left;
}

/** What the order of a list needs of a version. */
export interface Placed {
  id: string;
  number: number | null;
  time: Timestamp | null;
  /** How far its training was. */
  step: number | null;
}

/** When a version was made, in milliseconds; null where it does not say. */
export function placeInTime({ time }: Pick<Placed, 'time'>, clock: Pick<Clock, 'toMoment'>): number | null {
  return time && momentOf(time, clock);
}

/** A list in its order until another is asked for: newest first, by number, then time, step and name; what has none comes last. */
export function sortNewest<T extends Placed>(
  versions: Iterable<T>,
  clock: Pick<Clock, 'toMoment'> = localClock(),
): T[] {
  const listed = [...versions];
  const isMixed = clocksMeet(listed);
  // Versions may be views: what is compared many times is taken out of them once.
  const keyed = listed.map((version) => {
    const { id, number, time, step } = version;
    return {
      version,
      id,
      number,
      step,
      time: isMixed ? placeInTime({ time }, clock) : (time?.milliseconds ?? null),
    };
  });
  keyed.sort(
    (a, b) =>
      compareNumbers(a.number, b.number, 'desc') ||
      compareNumbers(a.time, b.time, 'desc') ||
      compareNumbers(a.step, b.step, 'desc') ||
      compareNatural(a.id, b.id),
  );
  return keyed.map(({ version }) => version);
}
