import type { Problem } from '../../../shared/model/run.ts';
import { type Clock, localClock, momentOf } from '../../../shared/query/local-clock.ts';
import type { ListedVersion } from './listed-version.ts';

/** Clocks of other machines, and of other zones where a time tells none, are ahead by less. In milliseconds. */
const mostAhead = 26 * 3600 * 1000;

/** What is to be said of the version that counts as the latest where its own time has not come yet: no save will seem newer. */
export function problemsOfTime(
  latest: Pick<ListedVersion, 'id' | 'time'> | undefined,
  clock: Clock = localClock(),
): Problem[] {
  if (!latest?.time || momentOf(latest.time, clock) <= clock.now + mostAhead) return [];
  const day = new Date(latest.time.milliseconds).toISOString().slice(0, 10);
  const problem = `its time, ${day}, has not come yet, and by that it counts as the latest version: correct the time in its sidecar or its name, or the clock that wrote it`;
  return [{ path: latest.id, problem }];
}
