import { contradiction } from '../../shared/model/direction-by-name.ts';
import { type Direction, isSameMetric, knownDirection, whyNotConfigured } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { metricLabels } from '../format/metric-label.ts';
import { visibleText } from '../format/visible-text.ts';
import { rankingWords } from '../table/ranking-words.ts';
import { heldBackFirst } from '../versions/held-back.ts';

/** A metric that may tell the best. */
export interface MetricLine {
  /** As the files have it. */
  name: string;
  /** As it is shown. */
  label: string;
  /** Which end of it is the better one; null where nobody said it and its name does not tell. */
  mode: Direction | null;
  isChosen: boolean;
  /** Why the direction contradicts the name; null where it does not. */
  flag: string | null;
}

/**
 * The metrics of a run, `reward` first, and whatever it is ranked by though no version has it.
 * @param isUndecided whether nothing tells the best yet: then what was measured on data held back comes first, and the reward that no version has is left out
 */
export function metricLines(run: RunSummary, metrics: readonly string[], isUndecided = false): MetricLine[] {
  const others = metrics.filter((name) => !isSameMetric(name, 'reward'));
  const known = isUndecided ? heldBackFirst(others) : ['reward', ...others];
  const ranking = isUndecided ? [] : [run.metric.name, run.configuredMetric.name];
  const missing = ranking.filter(
    (name, index) => ranking.indexOf(name) === index && !known.some((each) => isSameMetric(each, name)),
  );
  const all = [...missing, ...known];
  const labels = metricLabels(all);
  return all.map((name, index) => {
    const mode = knownDirection(name, run);
    return {
      name,
      label: labels[index] ?? name,
      mode,
      isChosen: isSameMetric(name, run.metric.name),
      flag: mode && contradiction(name, mode, run.negativeMetrics.includes(name)),
    };
  });
}

/** What tells the best where no person chose it, in a sentence. */
export function unchosenWords({
  configuredMetric,
  recognised,
}: Pick<RunSummary, 'configuredMetric' | 'recognised'>): string {
  const words = rankingWords(configuredMetric);
  if (configuredMetric.source === 'framework') return `${recognised?.name ?? 'Its framework'} says ${words}.`;
  if (configuredMetric.source !== 'default') return `Its config says ${words}.`;
  const why = whyNotConfigured(configuredMetric);
  return `Without your choice it is ${words}${why === null ? '' : `: ${visibleText(why)}`}.`;
}

/** What a save does by the metric. @param most what the config has it keep, 0 for no limit */
export function keptBySaves(most: number): string {
  return most === 0 ? 'removes no version' : `keeps the ${most} best`;
}
