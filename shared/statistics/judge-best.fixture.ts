import type { JsonObject } from '../model/json.ts';
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

export type Given = Partial<Choice> & { sidecar?: JsonObject | null; ofNext?: JsonObject | null };

/** The best of these versions, judged; `sidecar` is its own, `ofNext` that of all others. */
export function judge(versions: Judged[], { sidecar = null, ofNext = null, ...given }: Given = {}) {
  const sidecarOf = (id: string) => (id === best ? sidecar : ofNext);
  const metric = given.metric ?? { name: 'sharpe', mode: 'max', source: 'config' };
  const { best } = findBadges(versions, metric.mode);
  return judgeBest({ versions, best, metric, returns: noReturnFacts, sidecarOf, ...given });
}

export const reward = { name: 'mean_reward', mode: 'max', source: 'config' } as const;
export const known: ReturnFacts = {
  periods: 1250,
  annualised_by: 250,
  skewness: -3,
  kurtosis: 10,
  trials: null,
};
