import type { Timestamp } from './parse-timestamp.ts';

/** The clock on the wall of some machine: times without a zone are read off one. All in milliseconds since 1970. */
export interface Clock {
  now: number;
  /** What the clock shows at a moment, as if it were set to UTC. */
  toWall: (moment: number) => number;
  toMoment: (wall: number) => number;
}

/** The clock of this machine. */
export function localClock(): Clock {
  return {
    now: Date.now(),
    toWall: (moment) => moment - new Date(moment).getTimezoneOffset() * 60_000,
    toMoment: (wall) => {
      const shown = new Date(wall);
      const [year, month, day] = [shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate()];
      const midnight = Date.UTC(year, month, day);
      return new Date(year, month, day, 0, 0, 0, wall - midnight).getTime();
    },
  };
}

/** When that was, in milliseconds since 1970: a time without a zone is what the clock showed then. */
export function momentOf({ milliseconds, zoned }: Timestamp, { toMoment }: Pick<Clock, 'toMoment'>): number {
  return zoned ? milliseconds : toMoment(milliseconds);
}
