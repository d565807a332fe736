/**
 * Of things in the order in which they were made, by their times in milliseconds since 1970, the earliest that each can have been: none was made
 * before what came before it, whatever the clock said. A time that is still to come tells nothing.
 */
export function risingTimes(times: readonly number[], now = Date.now()): number[] {
  let latest = Number.NEGATIVE_INFINITY;
  return times.map((time) => {
    if (time > latest && time <= now) latest = time;
    return latest;
  });
}
