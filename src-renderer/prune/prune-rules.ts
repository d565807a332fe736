import type { Pruning } from '../../shared/ipc/writing-contract.ts';
import type { StorageConfig } from '../../shared/model/storage-config.ts';

export type PruneRules = Omit<Pruning, 'runId'>;

/** The run's own rule; a run that limits nothing has none. */
export function ownRules({ max_best_models: limit }: Pick<StorageConfig, 'max_best_models'>): PruneRules {
  return { keepBest: limit > 0 ? limit : null, keepLatest: null, keepEvery: null, kinds: 'best' };
}

/** What a number field holds as a rule: null while it is empty or not a number that could be one. */
export function ruleOf(value: number | string, least: number): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least ? value : null;
}
