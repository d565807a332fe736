import { isRewardName, type SelectionMetric } from '../../shared/model/metric.ts';
import { isHeldBack } from '../versions/held-back.ts';
import type { MetricInfo } from '../versions/metric-catalog.ts';

/** Beyond the metrics every run is judged by, so many others are shown at first. */
const otherMetricsShown = 2;
const leadingMetrics = ['sharpe', 'win_rate'];
/** How far training had come, where it counts no steps. */
const progress = 'epoch';
/** What logs have of how training went along, which tells no version from another. */
const bookkeeping =
  /^lr-|(?:^|[_/])(?:lr|learning_rate|grad_norm|runtime|per_second|fps|iterations?|best_metric|seconds)$|(?:^|\/)time(?:_(?:elapsed|total\w*|this_iter\w*))?$/;

/** A metric with a column, and whether that is shown until a person chooses. */
interface FirstMetric {
  metric: MetricInfo;
  shown: boolean;
}

/**
 * The metrics that have columns, in their first order: those that every run is judged by and that rank it, those of data held back, others, and last what
 * tells little: how far training had come, how it went along, and the reward under another name.
 */
export function firstMetrics(
  metrics: readonly MetricInfo[],
  selections: readonly Pick<SelectionMetric, 'name'>[],
): FirstMetric[] {
  const leaders = [...new Set([...leadingMetrics, ...selections.map(({ name }) => name)])];
  const named = metrics.filter(({ name }) => !isRewardName(name));
  const rank = (metric: MetricInfo) => {
    const leading = leaders.indexOf(metric.name);
    return leading < 0 ? leaders.length + rankOfOther(metric) : leading;
  };
  const sorted = named.toSorted((a, b) => rank(a) - rank(b));
  const shown = sorted.filter((metric) => rank(metric) < leaders.length).length + otherMetricsShown;
  return sorted.map((metric, index) => ({ metric, shown: index < shown || metric.name === progress }));
}

function rankOfOther({ name, isReward }: MetricInfo): number {
  if (isReward || bookkeeping.test(name)) return 3;
  if (name === progress) return 2;
  return isHeldBack(name) ? 0 : 1;
}
