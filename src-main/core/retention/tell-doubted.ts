import type { RetentionPlan } from '../../../shared/query/plan-retention.ts';
import { escapeName } from '../catalog/escape-name.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { untold } from './candidates.ts';

/** So many are named. */
const mostNamed = 20;

interface DoubtedRun {
  listed(id: string): ListedVersion | undefined;
  doubtOf(version: ListedVersion, again: boolean): string | null;
}

/** What a plan lets stay only because its record cannot be believed, or is not there, one line each: somebody may mend that. */
export function tellDoubted(run: DoubtedRun, refused: RetentionPlan['refused']): string[] {
  const isDoubted = ({ id, why }: RetentionPlan['refused'][number]) => {
    if (why.startsWith(untold)) return true;
    const listed = run.listed(id);
    return listed !== undefined && why === run.doubtOf(listed, false);
  };
  const doubted = refused.filter(isDoubted);
  const told = doubted
    .slice(0, mostNamed)
    .map(({ id, why }) => `${escapeName(id, 400)} stays, though no rule keeps it: ${why}`);
  const more = doubted.length - told.length;
  return more > 0 ? [...told, `${more} more stay, for what is on record of them cannot be believed`] : told;
}
