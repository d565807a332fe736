import type { Call } from '../../shared/command/equivalent-command.ts';
import type { AskedRules, Pruning } from '../../shared/ipc/writing-contract.ts';
import { type Direction, isSameMetric, type SelectionMetric } from '../../shared/model/metric.ts';
import { isOfFramework } from '../../shared/model/recognised-layout.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { WorkspaceRun } from '../../shared/model/workspace.ts';

/** `metric` is null where each run goes by its own. */
export type PruneRules = Omit<AskedRules, 'metric'> & {
  metric: Pick<SelectionMetric, 'name' | 'mode'> | null;
};

/** Nothing goes by these until somebody chooses. */
const noRules = { keepBest: null, keepLatest: null, keepEvery: null, metric: null };

/** The rules of runs that are pruned together: none yet. Checkpoints are concerned where a framework laid out each of them: there the best are found among these. */
export function firstRules(runs: readonly Pick<WorkspaceRun, 'layout' | 'recognised'>[]): PruneRules {
  return { ...noRules, kinds: runs.every(isOfFramework) ? 'all' : 'best' };
}

/** The run's own rule and metric; a run that limits nothing has no rule, nor has one that a framework laid out, whose best are found among its checkpoints. */
export function ownRules(run: Pick<RunSummary, 'config' | 'metric' | 'layout' | 'recognised'>): PruneRules {
  const { name, mode } = run.metric;
  const { max_best_models: limit } = run.config;
  if (isOfFramework(run)) return { ...noRules, kinds: 'all', metric: { name, mode } };
  return { ...noRules, keepBest: limit > 0 ? limit : null, kinds: 'best', metric: { name, mode } };
}

/** Without a rule nothing goes. */
export function hasRule({ keepBest, keepLatest, keepEvery }: AskedRules | PruneRules): boolean {
  return (keepBest ?? keepLatest ?? keepEvery) !== null;
}

/** The rules with another metric, by the end of it that is better; an empty name is for each run's own. */
export function withMetric(
  rules: PruneRules,
  name: string,
  directionOf: (name: string) => Direction,
): PruneRules {
  return { ...rules, metric: name === '' ? null : { name, mode: directionOf(name) } };
}

/** What rules may go by: the run's own metric, those that versions have, and the reward, which need not be among these. */
export function metricChoices(own: string, metrics: readonly string[], hasReward: boolean): string[] {
  const names = metrics.includes(own) ? [...metrics] : [own, ...metrics];
  return hasReward && !names.some((name) => isSameMetric(name, 'reward')) ? ['reward', ...names] : names;
}

/** What is asked of main: the run's own metric is left to the run. */
export function requestOf(
  { runId, metric: own }: { runId: string; metric: Pick<RunSummary['metric'], 'mode' | 'name'> },
  rules: PruneRules,
): Pruning {
  const { name, mode } = rules.metric ?? own;
  const isOwn = name === own.name && mode === own.mode;
  return { ...askedRules({ ...rules, metric: isOwn ? null : { name, mode } }), runId };
}

/** Rules as main takes them. */
export function askedRules({ metric, ...rules }: PruneRules): AskedRules {
  return { ...rules, metric: metric && { metric: metric.name, mode: metric.mode } };
}

/** The command that makes the same plan, and does it with `--yes`; null without rules: then it would go by the run's own. */
export function pruneCall(
  { folder, metric: own, runId }: Pick<RunSummary, 'folder' | 'metric' | 'runId'>,
  rules: PruneRules,
): Call | null {
  return callOf(requestOf({ runId, metric: own }, rules), [folder]);
}

/** The same of several runs, each by its own metric where none is asked for. */
export function callOf(rules: AskedRules, folders: readonly string[]): Call | null {
  if (!hasRule(rules)) return null;
  const { keepBest, keepLatest, keepEvery, kinds, metric } = rules;
  return {
    command: 'prune',
    options: [
      ['--keep-best', keepBest],
      ['--keep-latest', keepLatest],
      ['--keep-every', keepEvery],
      ['--kinds', kinds],
      ['--metric', metric?.metric ?? null],
      ['--mode', metric?.mode ?? null],
      '--yes',
    ],
    words: [...folders],
  };
}

/** Places of a slider: small numbers, which matter most, get most of them. */
export const sliderPlaces = 1000;

/** The number that a place of a slider stands for, from `least` to `most`. */
export function valueAt(place: number, least: number, most: number): number {
  return Math.round(least + (most - least) * (place / sliderPlaces) ** 3);
}

/** The place of a number, which may be beyond the slider's end. */
export function placeOf(value: number, least: number, most: number): number {
  if (most <= least) return 0;
  const share = Math.min(1, Math.max(0, (value - least) / (most - least)));
  return Math.round(Math.cbrt(share) * sliderPlaces);
}
