import type { PlannedRun, RunsPruned } from '../../shared/ipc/prune-runs-contract.ts';
import type { PrunePlan } from '../../shared/ipc/writing-contract.ts';
import { plural, versionsAre } from '../format/plural.ts';
import { planSentence, sparedIn } from '../prune/prune-words.ts';

/** What plans come to together; null gain where one of them was only simulated. */
type Sum = Pick<PrunePlan, 'removed' | 'versions' | 'size' | 'gain'>;

/** What the plans of several runs come to, in a sentence. @param hasRule without a rule nothing goes, and it is said why */
export function runsSentence(runs: readonly PlannedRun[], hasRule: boolean): string {
  const planned = runs.flatMap(({ plan }) => plan ?? []);
  if (hasRule && planned.length === 0) return 'None of these runs can be pruned.';
  const left = runs.length - planned.length;
  const failed = left === 0 || !hasRule ? '' : ` ${plural(left, 'run')} cannot be pruned.`;
  const spared = planned.reduce((count, plan) => count + sparedIn(plan), 0);
  return `${planSentence(sumOf(planned), hasRule, spared)}${failed}`;
}

export function removedFrom(runs: readonly PlannedRun[]): number {
  return runs.reduce((sum, { plan }) => sum + (plan?.removed ?? 0), 0);
}

/** So many runs are named in a sentence. */
const mostNamed = 3;

/** Which runs are ranked by values that were not measured alike; what these are is told where a run is chosen. @param nameOf of a run, by its number */
export function warningsOf(runs: readonly PlannedRun[], nameOf: (run: number) => string): string[] {
  const unlike = runs.filter(({ warnings }) => warnings.length > 0);
  if (unlike.length === 0) return [];
  const named = unlike.slice(0, mostNamed).map(({ run }) => nameOf(run));
  const more = unlike.length - named.length;
  const which = `${named.join('; ')}${more > 0 ? ` and ${more} more` : ''}`;
  const told = `${plural(unlike.length, 'run is', 'runs are')} ranked by values that were not all measured alike`;
  return [`${told}: ${which}. Choose ${unlike.length === 1 ? 'it' : 'one of them'} to see which values.`];
}

/** What was done to runs: `12 versions of 3 runs are in the trash`. */
export function prunedWords({ runs }: RunsPruned): string {
  const gone = runs.filter(({ removed }) => removed > 0);
  const count = gone.reduce((sum, { removed }) => sum + removed, 0);
  if (count === 0) return 'Nothing to remove';
  const of = `${plural(count, 'version')} of ${plural(gone.length, 'run')}`;
  return `${of} ${count === 1 ? 'is' : 'are'} in the trash`;
}

/** What became of one run: what went, or why nothing did. */
export function prunedRunWords({ removed, why }: RunsPruned['runs'][number]): string {
  if (why !== null) return `Not pruned: ${why}`;
  return removed === 0 ? 'Nothing to remove' : `${versionsAre(removed)} in the trash`;
}

function sumOf(plans: readonly PrunePlan[]): Sum {
  const isRead = plans.every(({ gain }) => gain !== null);
  const bytes = plans.reduce((sum, { gain }) => sum + (gain?.bytes ?? 0), 0);
  return {
    removed: plans.reduce((sum, { removed }) => sum + removed, 0),
    versions: plans.flatMap(({ versions }) => versions),
    size: plans.reduce((sum, { size }) => sum + size, 0),
    gain: isRead ? { bytes, atMost: plans.some(({ gain }) => gain?.atMost) } : null,
  };
}
