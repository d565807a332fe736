import { isNameOpen } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';

/** Whether nobody said what tells the best of a run, and what is taken for it, the reward, no version has, though others were measured. */
export function isUndecided(
  { metric, loading }: Pick<RunSummary, 'metric' | 'loading'>,
  { list, metrics }: Pick<VersionsSnapshot, 'list' | 'metrics'>,
): boolean {
  return isNameOpen(metric) && !loading && metrics.length > 0 && !list.metrics.hasReward;
}
