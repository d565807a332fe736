import { isSameRanking, metricReader, type SelectionMetric } from '../../shared/model/metric.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { rankingWords } from '../table/ranking-words.ts';

/** A run, what ranks its versions, and which of them is the best by that. */
export interface RunBest {
  name: string;
  metric: SelectionMetric;
  best: VersionRow | null;
}

/** The best version of several runs together, or why there is no such thing. */
export type OverallBest = { best: VersionRow; why: null } | { best: null; why: string };

/** The runs' own best versions are compared where all runs are ranked by the same metric in the same direction. */
export function findOverallBest(runs: readonly RunBest[]): OverallBest {
  const [first] = runs;
  if (!first) return none('No run is open.');
  const other = runs.find(({ metric }) => !isSameRanking(metric, first.metric));
  if (other) {
    const ranked = ({ name, metric }: RunBest) => `${name} by ${rankingWords(metric)}`;
    return none(
      `There is no best of all: the runs rank by different metrics, ${ranked(first)} and ${ranked(other)}. Each has its own best.`,
    );
  }
  const { name, mode } = first.metric;
  const read = metricReader(name);
  const sign = mode === 'max' ? 1 : -1;
  const bests = runs.flatMap(({ best }) => (best && Number.isFinite(read(best)) ? [best] : []));
  const [best] = bests.toSorted((a, b) => sign * ((read(b) ?? 0) - (read(a) ?? 0)));
  return best ? { best, why: null } : none(`No version has a value for ${rankingWords(first.metric)} yet.`);
}

function none(why: string): OverallBest {
  return { best: null, why };
}
