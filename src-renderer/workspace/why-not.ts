import { mostPrunedAtOnce } from '../../shared/ipc/prune-runs-contract.ts';
import { mostCopiedAtOnce, mostOpenedAtOnce } from '../../shared/ipc/workspace-contract.ts';
import { formatCount } from '../format/format-number.ts';

/** Why so many chosen runs cannot be opened; null where they can. */
export function whyNotOpen(count: number): string | null {
  if (count === 0) return 'Select a run first: click it, or go to it with the arrow keys.';
  if (count <= mostOpenedAtOnce) return null;
  return `${formatCount(count)} are selected. No more than ${mostOpenedAtOnce} are opened at once: select fewer.`;
}

/** Why the paths of so many chosen runs cannot be copied; null where they can. */
export function whyNotCopy(count: number): string | null {
  if (count <= mostCopiedAtOnce) return count === 0 ? whyNotOpen(count) : null;
  return `${formatCount(count)} are selected. The paths of no more than ${formatCount(mostCopiedAtOnce)} are copied at once: select fewer.`;
}

/** Why their best versions cannot be compared; null where they can. */
export function whyNotCompare(count: number): string | null {
  if (count < 2) return 'Select two or more runs to see the best version of each side by side.';
  return whyNotOpen(count);
}

/** Why so many runs cannot be pruned together; null where they can. */
export function whyNotPrune(count: number): string | null {
  if (count === 0) return 'No run is shown.';
  if (count <= mostPrunedAtOnce) return null;
  return `${formatCount(count)} runs are shown or selected. No more than ${formatCount(mostPrunedAtOnce)} are pruned at once: select fewer.`;
}
