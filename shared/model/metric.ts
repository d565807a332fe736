import { directionByName } from './direction-by-name.ts';
import { ownValue, toNumber } from './json.ts';
import { type MetricValues, valueNamed } from './metric-values.ts';
import type { MetricDirection, RunChoices } from './run-choices.ts';
import type { Version } from './version.ts';

export type Direction = 'max' | 'min';

export const metricOrigins = ['asked', 'chosen', 'config', 'framework', 'default'] as const;

/**
 * The metric that ranks the versions of a run, its direction, and who said so: the command that was given, a person who chose it for the run,
 * the run's config, the framework by what its files say that it told the best by, or nobody. In this order one goes before the other.
 */
export interface SelectionMetric {
  name: string;
  mode: Direction;
  source: (typeof metricOrigins)[number];
  /** What the config says of it and cannot be used, so that something else counts; never empty. */
  unusable?: readonly Unusable[] | undefined;
}

/** A part of what a config says of the metric that cannot be used, and why: a clause that names the config. */
export interface Unusable {
  part: 'name' | 'mode';
  why: string;
}

type Measured = Pick<Version, 'metrics' | 'reward'>;

/** `reward` and `mean_reward` name the same thing: `metrics.mean_reward` where present, else the `reward` field. */
export function isRewardName(name: string): boolean {
  return name === 'reward' || name === 'mean_reward';
}

/** Whether two names mean the same metric. */
export function isSameMetric(name: string, other: string): boolean {
  return name === other || (isRewardName(name) && isRewardName(other));
}

/** What a version calls a metric that ranks it: of the two names of the reward the one that is asked for where it has that, else the other. */
export function nameInVersion(
  name: string,
  version: { metrics: MetricValues; reward: number | null } | null,
): string {
  if (!version || !isRewardName(name)) return name;
  const known = [
    ...(valueNamed(version.metrics, 'mean_reward') === null ? [] : ['mean_reward']),
    ...(version.reward === null ? [] : ['reward']),
  ];
  return known.includes(name) ? name : (known[0] ?? name);
}

/** Whether two runs are ranked by the same metric in the same direction. */
export function isSameRanking(one: Ranking | null, other: Ranking | null): boolean {
  return one !== null && other !== null && isSameMetric(one.name, other.name) && one.mode === other.mode;
}

export type Ranking = Pick<SelectionMetric, 'name' | 'mode'>;

/** Why a metric, or its direction, is another one than the config wants; null where that is not so. */
export function whyNotConfigured({ unusable }: SelectionMetric): string | null {
  return unusable ? unusable.map(({ why }) => why).join('; ') : null;
}

/** Whether nobody said by which metric the best is told: a config of which the direction alone cannot be used did. */
export function isNameOpen({ source, unusable }: SelectionMetric): boolean {
  return source === 'default' && !unusable?.every(({ part }) => part === 'mode');
}

/**
 * That versions are ranked otherwise than their run's config wants, in a whole sentence; none where they are not.
 * @param shown the name of the metric as it can be shown
 */
export function warningsOfConfigured(metric: SelectionMetric, shown: string): string[] {
  const why = whyNotConfigured(metric);
  if (why === null) return [];
  const instead = metric.source === 'framework' ? 'as its framework does' : 'by default';
  return [`Ranked by ${shown}, ${metric.mode}, ${instead}: ${why}.`];
}

/** What is known of the directions of a run's metrics. */
export interface DirectedRun {
  metric: SelectionMetric;
  choices: Pick<RunChoices, 'directions'>;
  /** See {@link negativeMetrics}. */
  negativeMetrics?: readonly string[];
}

/**
 * Which end of a metric is the better one in this run: what a person said of it; of the metric that ranks the run, the end it is ranked by;
 * else what the name tells, and the larger one where it tells nothing.
 */
export function directionOf(name: string, run: DirectedRun): Direction {
  return knownDirection(name, run) ?? 'max';
}

/** As {@link directionOf}; null where neither a person, the run nor the name tells. */
export function knownDirection(name: string, run: DirectedRun): Direction | null {
  const { metric, choices, negativeMetrics = [] } = run;
  const said = chosenDirection(name, choices.directions);
  if (said) return said;
  return isSameMetric(name, metric.name)
    ? metric.mode
    : (directionByName(name, negativeMetrics.includes(name))?.mode ?? null);
}

/** As {@link knownDirection} of all these runs; null too where two of them differ. */
export function agreedDirection(name: string, runs: readonly DirectedRun[]): Direction | null {
  const said = new Set(runs.flatMap((run) => knownDirection(name, run) ?? []));
  const [only = null] = said;
  return said.size === 1 ? only : null;
}

/** The metric that ranks a run: a person's choice before the config's. */
export function selectionOf(configured: SelectionMetric, choices: RunChoices): SelectionMetric {
  const name = choices.metric ?? configured.name;
  const mode = directionOf(name, { metric: configured, choices });
  const isChosen = choices.metric !== null || chosenDirection(name, choices.directions) !== null;
  return isChosen ? { name, mode, source: 'chosen' } : configured;
}

/** The choices with another direction of a metric; null takes back what was said of it. */
export function withDirection(choices: RunChoices, metric: string, mode: Direction | null): RunChoices {
  const others = choices.directions.filter((each) => !isSameMetric(each.metric, metric));
  return { ...choices, directions: mode === null ? others : [...others, { metric, mode }] };
}

function chosenDirection(name: string, directions: readonly MetricDirection[]): Direction | null {
  return directions.find(({ metric }) => isSameMetric(metric, name))?.mode ?? null;
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
