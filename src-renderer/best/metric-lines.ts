import { contradiction } from '../../shared/model/direction-by-name.ts';
import { type Direction, directionOf, isSameMetric } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';

/** A metric that may tell the best. */
export interface MetricLine {
  name: string;
  mode: Direction;
  isChosen: boolean;
  /** Why the direction contradicts the name; null where it does not. */
  flag: string | null;
}

/** The metrics of a run, `reward` first, and whatever it is ranked by though no version has it. */
export function metricLines(run: RunSummary, metrics: readonly string[]): MetricLine[] {
  const others = metrics.filter((name) => !isSameMetric(name, 'reward'));
  const known = ['reward', ...others];
  const ranking = [run.metric.name, run.configuredMetric.name];
  const missing = ranking.filter(
    (name, index) => ranking.indexOf(name) === index && !known.some((each) => isSameMetric(each, name)),
  );
  return [...missing, ...known].map((name) => {
    const mode = directionOf(name, run);
    return { name, mode, isChosen: isSameMetric(name, run.metric.name), flag: contradiction(name, mode) };
  });
}

/** How a direction is written beside a metric. */
export function directionWord(mode: Direction): string {
  return mode === 'max' ? '↑ larger' : '↓ smaller';
}

/** What a save does by the metric. @param most what the config has it keep, 0 for no limit */
export function keptBySaves(most: number): string {
  return most === 0 ? 'removes no version' : `keeps the ${most} best`;
}
