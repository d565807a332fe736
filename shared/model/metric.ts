import { ownValue, toNumber } from './json.ts';
import { type MetricValues, valueNamed } from './metric-values.ts';
import type { Version } from './version.ts';

export type Direction = 'max' | 'min';

/** The metric that ranks the versions of a run, its direction, and whether the run's own config said so. */
export interface SelectionMetric {
  name: string;
  mode: Direction;
  source: 'config' | 'default' | 'asked';
}

/**
 * Which end of a metric is better: the metric that ranks the run has its mode, any other what a person told. Null where
 * nobody has said: it is asked, not guessed from a name.
 * @param told by the name of the metric
 */
export function directionOf(
  name: string,
  selection: Pick<SelectionMetric, 'name' | 'mode'>,
  told: ReadonlyMap<string, Direction>,
): Direction | null {
  return isSameMetric(name, selection.name) ? selection.mode : (told.get(name) ?? null);
}

type Measured = Pick<Version, 'metrics' | 'reward'>;

/** `reward` and `mean_reward` name the same thing: `metrics.mean_reward` where present, else the `reward` field. */
function isRewardName(name: string): boolean {
  return name === 'reward' || name === 'mean_reward';
}

/** Whether two names mean the same metric. */
export function isSameMetric(name: string, other: string): boolean {
  return name === other || (isRewardName(name) && isRewardName(other));
}

/** The version's value of a metric: any number, or null when it has none. */
export function metricValue(version: Measured, name: string): number | null {
  if (isRewardName(name))
    return toNumber(ownValue(version.metrics, 'mean_reward')) ?? toNumber(version.reward);
  return toNumber(ownValue(version.metrics, name));
}

/** As {@link metricValue}, of a version whose metrics are held as numbers. */
export function measuredValue(
  { metrics, reward }: { metrics: MetricValues; reward: number | null },
  name: string,
): number | null {
  return isRewardName(name) ? (valueNamed(metrics, 'mean_reward') ?? reward) : valueNamed(metrics, name);
}

/** As {@link measuredValue}, for many versions: those that share their names are looked through once. */
export function metricReader(
  name: string,
): (version: { metrics: MetricValues; reward: number | null }) => number | null {
  const isReward = isRewardName(name);
  const own = isReward ? 'mean_reward' : name;
  let known: readonly string[] | null = null;
  let index = -1;
  return ({ metrics: { names, values, at }, reward }) => {
    if (names !== known) {
      known = names;
      index = names.indexOf(own);
    }
    if (index >= 0) return values[at + index] ?? null;
    return isReward ? reward : null;
  };
}

/** The names of all numeric metrics in these versions, `reward` aside, each once, in the order met. */
export function metricNames(versions: Iterable<Measured>): string[] {
  const names = new Set<string>();
  for (const { metrics } of versions) {
    for (const name of Object.keys(metrics)) if (toNumber(metrics[name]) !== null) names.add(name);
  }
  return [...names];
}
