import { isIntactSoFar } from '../model/integrity.ts';
import type { Direction } from '../model/metric.ts';
import { odd } from './odd-files.ts';
import type { RetentionCandidate } from './plan-retention.ts';
import { findBadges, findNewest, findNewestBesideSteps, findOutnumbering } from './rank-versions.ts';

/** The versions a run is never left without, by their ids: why, in words. */
export type Leaders = ReadonlyMap<string, readonly string[]>;

export function leadersOf(
  versions: readonly RetentionCandidate[],
  intact: readonly RetentionCandidate[],
  mode: Direction,
): Leaders {
  const { best, latest } = findBadges(intact, mode);
  const written = findNewestBesideSteps(intact);
  const leaders = new Map<string, string[]>();
  const lead = (id: string | null, why: string) => {
    if (id !== null) leaders.set(id, [...(leaders.get(id) ?? []), why]);
  };
  lead(latest, 'the newest intact version');
  if (written !== latest) lead(written, 'the file that was written last');
  lead(findOutnumbering(intact, latest), `the highest number, though ${latest} tells a later time`);
  const named = findNamedBest(versions, intact, mode) ?? best;
  lead(named, 'the best intact version');
  if (named !== best) lead(best, 'the best intact version whose record is to be believed');
  if (intact.length === 1) lead(latest, 'the only intact version');
  if (intact.length === 0) lead(newestBroken(versions), 'the newest, and none is intact');
  return leaders;
}

/** The best for whoever only asks for it, where that is one whose record is in doubt: it stays for the doubt, and is called the best here too. */
function findNamedBest(
  versions: readonly RetentionCandidate[],
  intact: readonly RetentionCandidate[],
  mode: Direction,
): string | null {
  const doubted = versions.filter(
    ({ state, doubt }) => doubt !== null && doubt !== odd && isIntactSoFar(state),
  );
  return doubted.length > 0 ? findBadges([...intact, ...doubted], mode).best : null;
}

/** One whose structure is whole may well be of use, whatever is on record of it. */
function newestBroken(versions: readonly RetentionCandidate[]): string | null {
  const [whole, torn] = (['mismatch', 'torn'] as const).map((wanted) =>
    findNewest(versions.filter(({ state }) => state === wanted)),
  );
  return whole ?? torn ?? null;
}
