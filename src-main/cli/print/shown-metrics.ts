import { toNumber } from '../../../shared/model/json.ts';
import { isSameMetric } from '../../../shared/model/metric.ts';
import type { Version } from '../../../shared/model/version.ts';

type Measured = Pick<Version, 'metrics'>;

const mostMetrics = 3;

/**
 * The metrics that have a column in a list of versions: the reward, the one that ranks them, and those of trading that they have; where they have
 * neither of these, those that most of them have.
 * @param metric that ranks them
 */
export function shownMetrics(metric: string, versions: readonly Measured[]): string[] {
  const counts = countMetrics(versions);
  const usual = ['sharpe', 'win_rate'].filter((name) => counts.has(name));
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, mostMetrics);
  const others = usual.length > 0 ? usual : most.map(([name]) => name);
  return [...new Set(['reward', isReward(metric) ? 'reward' : metric, ...others])];
}

/** How many versions have each metric but the reward and the step, which have columns of their own, in the order met. */
function countMetrics(versions: readonly Measured[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { metrics } of versions)
    for (const [name, value] of Object.entries(metrics))
      if (toNumber(value) !== null && !hasOwnColumn(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

const hasOwnColumn = (name: string) => name === 'step' || isReward(name);

const isReward = (name: string) => isSameMetric(name, 'reward');
