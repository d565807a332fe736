import { isIntactSoFar } from '../../../shared/model/integrity.ts';
import { isRewardName, type SelectionMetric } from '../../../shared/model/metric.ts';
import { finiteOrNull } from '../../../shared/query/compare-natural.ts';
import type { RetentionRules } from '../../../shared/query/plan-retention.ts';
import { type ListedVersion, withMetric } from '../catalog/listed-version.ts';
import { isCount } from '../catalog/measurements/counted-by.ts';
import type { RetainedRun } from './retained-run.ts';
import { tellsBest } from './tell-wanted.ts';

type RankedRun = Pick<RetainedRun, 'list' | 'metric' | 'recognised'>;

/**
 * The metrics that could tell which version is the best, where the one that is to tell it is in no intact version: rules must not take any away, for the
 * best must stay. None where only a rule about the best is in the way. Null where rules may take versions away: it is told, by the metric or,
 * where no rule is about the best, by the framework or a name; or nothing was measured, so that none is better than another.
 */
export function metricsInstead(
  run: RankedRun,
  metric: Pick<SelectionMetric, 'name'>,
  { keepBest }: Pick<RetentionRules, 'keepBest'>,
): string[] | null {
  if (isRankedBy(run, metric)) return null;
  const there = metricsThere(run);
  if (keepBest) return there;
  return there.length === 0 || isBestTold(run) ? null : there;
}

function isRankedBy(run: RankedRun, { name }: Pick<SelectionMetric, 'name'>): boolean {
  const isListed = name === run.metric.name;
  for (const version of run.list()) {
    const { value } = isListed ? version : withMetric(version, name);
    if (isIntactSoFar(version.state) && finiteOrNull(value) !== null) return true;
  }
  return false;
}

function isBestTold(run: RankedRun): boolean {
  const isBest = tellsBest(run);
  for (const { id } of run.list()) if (isBest(id)) return true;
  return false;
}

/** The metrics of which an intact version has a finite value, each once; how far training had come is none. */
export function metricsThere(run: Pick<RetainedRun, 'list'>): string[] {
  const names = new Set<string>();
  for (const version of run.list())
    if (isIntactSoFar(version.state)) for (const name of metricsOf(version)) names.add(name);
  return [...names];
}

function metricsOf({ reward, metrics: { names, values, at } }: ListedVersion): string[] {
  const measured = names
    .filter((name, index) => !isCount(name) && finiteOrNull(values[at + index] ?? null) !== null)
    .map((name) => (isRewardName(name) ? 'reward' : name));
  return finiteOrNull(reward) === null ? measured : ['reward', ...measured];
}
