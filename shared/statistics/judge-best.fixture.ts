import { noReturnFacts, type ReturnFacts } from '../model/run-choices.ts';
import { findBadges } from '../query/rank-versions.ts';
import type { Judged } from './count-candidates.ts';
import { type Choice, judgeBest } from './judge-best.ts';

/** Versions of these values, numbered from 1, the newest last. */
export function versionsOf(values: (number | null)[], given: Partial<Judged>[] = []): Judged[] {
  return values.map((value, index) => ({
    id: `v${index + 1}`,
    kind: 'best',
    number: index + 1,
    value,
    state: 'verified',
    time: null,
    modifiedAt: index,
    step: index,
    episode: null,
    checksum: null,
    ...given[index],
  }));
}

/** The best of these versions, judged. */
export function judge(versions: Judged[], given: Partial<Choice> = {}) {
  const metric = given.metric ?? { name: 'sharpe', mode: 'max', source: 'config' };
  const { best } = findBadges(versions, metric.mode);
  return judgeBest({ versions, best, metric, returns: noReturnFacts, sidecar: null, ...given });
}

export const reward = { name: 'mean_reward', mode: 'max', source: 'config' } as const;
export const known: ReturnFacts = {
  periods: 1250,
  annualised_by: 250,
  skewness: -3,
  kurtosis: 10,
  trials: null,
};
