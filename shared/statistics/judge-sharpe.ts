import type { BestJudgement, Figure } from '../model/best-judgement.ts';
import type { ReturnFacts } from '../model/run-choices.ts';
import { confidence } from './mean-interval.ts';
import { normalQuantile } from './normal.ts';
import {
  deflatedSharpe,
  expectedMaximum,
  minimumTrackRecord,
  probabilisticSharpe,
  type Returns,
  sharpeError,
} from './sharpe-ratio.ts';

type Facts = Exclude<keyof ReturnFacts, 'trials'>;
const asked: readonly (readonly [Facts, string])[] = [
  ['periods', 'the number of returns'],
  ['annualised_by', 'whether the ratio is per year'],
  ['skewness', 'their skewness'],
  ['kurtosis', 'their kurtosis'],
];

/** What is computed of a Sharpe ratio. `interval` and `luck` are in the units of the metric. */
export interface SharpeJudgement {
  probabilistic: Figure;
  deflated: Figure;
  interval: { low: number; high: number } | null;
  luck: number | null;
  trials: number | null;
  /** How many periods it would take to be sure that it is above 0. */
  needed: number | null;
  missing: BestJudgement['missing'];
}

/**
 * Judges the Sharpe ratio of the best of several.
 * @param values the Sharpe ratios of all that it was chosen among, in the units of the metric: their variance is that of the trials
 * @param areAll whether none is known to be gone: of how many it is the best is else for a person to say
 */
export function judgeSharpe(
  value: number,
  values: readonly number[],
  facts: ReturnFacts,
  areAll: boolean,
): SharpeJudgement {
  const trials = facts.trials ?? (areAll ? values.length : null);
  const lacking = asked.filter(([key]) => facts[key] === null);
  const missing = [...lacking.map(([key]) => key), ...(trials === null ? (['trials'] as const) : [])];
  const nothing = { interval: null, luck: null, trials, needed: null, missing };
  const unit = Math.sqrt(facts.annualised_by ?? 1);
  const returns = returnsOf(value / unit, facts);
  const why = whyNot(lacking, returns);
  if (why !== null) return { ...nothing, probabilistic: figure(why), deflated: figure(why) };
  const reach = normalQuantile((1 + confidence) / 2) * sharpeError(returns) * unit;
  return {
    ...nothing,
    probabilistic: figure(null, probabilisticSharpe(returns)),
    ...deflate(returns, values, trials, unit),
    interval: { low: value - reach, high: value + reach },
    needed: minimumTrackRecord(returns, 0, confidence),
  };
}

function deflate(
  returns: Returns,
  values: readonly number[],
  trials: number | null,
  unit: number,
): Pick<SharpeJudgement, 'deflated' | 'luck'> {
  if (trials === null)
    return { deflated: figure('needs the number of models tried, of which some are gone'), luck: null };
  const variance = trials > 1 ? varianceOf(values.map((each) => each / unit)) : 0;
  if (variance === null) {
    const why = 'there are fewer than two candidates, so nobody knows how far Sharpe ratios scatter';
    return { deflated: figure(why), luck: null };
  }
  return {
    deflated: figure(null, deflatedSharpe(returns, variance, trials)),
    luck: expectedMaximum(variance, trials) * unit,
  };
}

function whyNot(lacking: readonly (readonly [Facts, string])[], returns: Returns): string | null {
  if (lacking.length > 0) return `needs ${lacking.map(([, what]) => what).join(', ')}`;
  const least = 1 + returns.skewness ** 2;
  if (returns.kurtosis < least)
    return `no returns have such a kurtosis: it is at least 1 + skewness², here ${least.toPrecision(4)}`;
  return sharpeError(returns) > 0
    ? null
    : 'returns of such a skewness and kurtosis would leave no doubt at all';
}

function returnsOf(sharpe: number, { periods, skewness, kurtosis }: ReturnFacts): Returns {
  return { sharpe, periods: periods ?? 0, skewness: skewness ?? 0, kurtosis: kurtosis ?? 0 };
}

function figure(why: string | null, value: number | null = null): Figure {
  return { value, why };
}

/** The sample's, by n − 1; null for fewer than two. */
function varianceOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
