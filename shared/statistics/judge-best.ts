import type { BestJudgement } from '../model/best-judgement.ts';
import { isSharpe } from '../model/direction-by-name.ts';
import { isIntactSoFar } from '../model/integrity.ts';
import type { JsonObject } from '../model/json.ts';
import type { SelectionMetric } from '../model/metric.ts';
import type { ReturnFacts } from '../model/run-choices.ts';
import { findNewest } from '../query/rank-versions.ts';
import { arePruned, countCandidates, type Judged } from './count-candidates.ts';
import { judgeSharpe, type SharpeJudgement } from './judge-sharpe.ts';
import { type Lead, leadOf } from './lead-of-best.ts';
import { confidence, meanInterval } from './mean-interval.ts';
import type { MeasuredWith } from './measured-with.ts';
import { readEpisodes } from './read-episodes.ts';
import { warningsOf } from './warnings.ts';

/** A choice of the best, to be judged. */
export interface Choice {
  versions: readonly Judged[];
  /** The version that was chosen; null where there is none. */
  best: string | null;
  metric: SelectionMetric;
  returns: ReturnFacts;
  /** The sidecar of a version: that of the best and of the next are asked for. */
  sidecarOf: (id: string) => JsonObject | null;
  /** What the values that are compared were measured with, where a benchmark did. */
  measuredWith?: readonly MeasuredWith[];
}

type Intervals = Pick<BestJudgement, 'interval' | 'interval_why'>;

/** How sure it is that the best is the best: see {@link BestJudgement}. */
export function judgeBest({
  versions,
  best: id,
  metric,
  returns,
  sidecarOf,
  measuredWith = [],
}: Choice): BestJudgement {
  const best = versions.find((version) => version.id === id) ?? null;
  const candidates = countCandidates(versions, best, metric.mode);
  const value = best?.value ?? null;
  const sidecar = best && sidecarOf(best.id);
  const sharpe =
    value !== null && isSharpe(metric.name)
      ? judgeSharpe(value, candidates.values, returns, !arePruned(candidates))
      : null;
  const judgement: BestJudgement = {
    metric: metric.name,
    mode: metric.mode,
    source: metric.source,
    best: best?.id ?? null,
    value,
    candidates: candidates.values.length,
    passed_over: [...candidates.passedOver].map(([why, count]) => ({ why, versions: count })),
    next: candidates.next,
    margin: value === null || candidates.next === null ? null : Math.abs(value - candidates.next.value),
    ...intervalOf(value, sharpe, sidecar, metric.name),
    ...figuresOf(sharpe),
    warnings: [],
    resumes: brokenNewest(versions),
  };
  const lead = leadOver(candidates.next, value, sidecar, metric, sidecarOf);
  return {
    ...judgement,
    warnings: warningsOf(judgement, { returns, sharpe, lead, left: candidates, measuredWith }),
  };
}

function leadOver(
  next: BestJudgement['next'],
  value: number | null,
  sidecar: JsonObject | null,
  { name, mode }: SelectionMetric,
  sidecarOf: Choice['sidecarOf'],
): Lead | null {
  if (value === null || next === null) return null;
  return leadOf(name, mode, { value, sidecar }, { value: next.value, sidecar: sidecarOf(next.id) });
}

function figuresOf(sharpe: SharpeJudgement | null) {
  return {
    probabilistic_sharpe: sharpe?.probabilistic ?? null,
    deflated_sharpe: sharpe?.deflated ?? null,
    luck: sharpe?.luck ?? null,
    trials: sharpe?.trials ?? null,
    missing: sharpe?.missing ?? [],
  };
}

function intervalOf(
  value: number | null,
  sharpe: SharpeJudgement | null,
  sidecar: JsonObject | null,
  metric: string,
): Intervals {
  if (value === null) return { interval: null, interval_why: 'there is no best version' };
  const episodes = readEpisodes(sidecar, metric, value);
  if ('sample' in episodes)
    return {
      interval: { ...meanInterval(episodes.sample), confidence, basis: episodes.basis },
      interval_why: null,
    };
  if (sharpe?.interval)
    return { interval: { ...sharpe.interval, confidence, basis: 'its standard error' }, interval_why: null };
  return { interval: null, interval_why: episodes.why };
}

/** The newest of all, where it is not an intact one. */
function brokenNewest(versions: readonly Judged[]): string | null {
  const id = findNewest(versions.filter(({ state }) => state !== 'missing' && state !== 'writing'));
  const newest = versions.find((version) => version.id === id);
  return newest && !isIntactSoFar(newest.state) ? newest.id : null;
}
