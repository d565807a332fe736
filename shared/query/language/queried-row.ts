import type { VersionRow } from '../../model/version-row.ts';

/** What a query asks of: a version as lists hold it. */
export type QueriedRow = Omit<VersionRow, 'handle'>;

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
