import type { BestJudgement } from '../../../shared/model/best-judgement.ts';
import type { JsonObject } from '../../../shared/model/json.ts';
import { type SelectionMetric, warningsOfConfigured } from '../../../shared/model/metric.ts';
import { tellWeights } from '../../../shared/model/weights-found.ts';
import { findBadges } from '../../../shared/query/rank-versions.ts';
import { judgeBest } from '../../../shared/statistics/judge-best.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { copyListed, withMetric } from '../catalog/listed-version.ts';
import type { RunReader } from '../run-reader.ts';
import { measuredWith } from './measured-with.ts';
import { tellRounded } from './rounded-values.ts';

/** The best by another metric than the run's, and which that is. */
interface AskedBest {
  metric: SelectionMetric;
  best: string | null;
}

/**
 * How sure it is that the best of a run is the best; without `asked` the one with the badge. What files say of themselves should have been
 * read.
 */
export async function judgeRun(run: RunReader, asked?: AskedBest): Promise<BestJudgement> {
  const metric = asked?.metric ?? run.metric;
  const listed = [...run.list()];
  const isOwn = metric.name === run.metric.name;
  const valued = isOwn ? listed : listed.map((version) => withMetric(version, metric.name));
  const versions = run.isMeasured
    ? valued.map((each) => ({ ...copyListed(each), measurement: run.measurementOf(each.id, metric.name) }))
    : valued;
  const best = asked ? asked.best : findBadges(versions, metric.mode).best;
  const sidecarOf = (id: string) => run.sidecarOf(id) ?? recordOfEpisodes(run, id);
  const ways = await measuredWith(run, versions, metric);
  const { returns } = run.choices;
  const judgement = judgeBest({ versions, best, metric, returns, sidecarOf, measuredWith: ways });
  const weights = best === null ? null : run.weightsOf(best);
  const told = [weights && tellWeights(weights), tellRounded(judgement, (id) => run.listed(id))].filter(
    (each) => each !== null,
  );
  const first = [
    ...warningsOfConfigured(metric, escapeName(metric.name)),
    ...warningsOfRecord(run, metric, best),
    ...told,
  ];
  return first.length > 0 ? { ...judgement, warnings: [...first, ...judgement.warnings] } : judgement;
}

/** Where the value of the best comes from, while its sidecar cannot be believed. */
function warningsOfRecord(run: RunReader, { name }: SelectionMetric, best: string | null): string[] {
  const listed = best === null ? undefined : run.listed(best);
  const doubt = listed && run.doubtOf(listed, false);
  if (!doubt) return [];
  const from = { file_name: 'its name, or from a log', contents: 'its own contents' } as const;
  const { source } = listed;
  if (source === 'sidecar' || source === 'none') return [`The record of the best is in doubt: ${doubt}.`];
  return [`The best has its ${escapeName(name)} from ${from[source]}: ${doubt}.`];
}

/** The episodes of an evaluation that another file has, as a sidecar would have them; null where they are not on record. */
function recordOfEpisodes(run: RunReader, id: string): JsonObject | null {
  const episodes = run.episodesOf(id);
  if (episodes === null) return null;
  return { metrics: { episode_rewards: [...episodes], eval_mean_reward_values: [...episodes] } };
}
