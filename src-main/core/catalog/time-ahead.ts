import { isIntactSoFar } from '../../../shared/model/integrity.ts';
import type { Problem } from '../../../shared/model/run.ts';
import { type Clock, localClock, momentOf } from '../../../shared/query/local-clock.ts';
import { findOutnumbering } from '../../../shared/query/rank-versions.ts';
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

/** What is to be said of the version that may be newer than the latest, of which the time alone is later. */
export function problemsOfNumber(
  latest: ListedVersion | undefined,
  versions: Iterable<ListedVersion>,
): Problem[] {
  if (!latest) return [];
  const intact = [...versions].filter(({ state }) => isIntactSoFar(state));
  const higher = findOutnumbering(intact, latest.id);
  if (higher === null) return [];
  const problem = `it has a higher number than the latest version, ${latest.id}, which tells a later time: a clock may have been put back, or numbers begun anew`;
  return [{ path: higher, problem }];
}
