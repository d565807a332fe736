import { z } from 'zod';
import type { JsonObject } from '../../../shared/model/json.ts';
import { isSameRanking } from '../../../shared/model/metric.ts';
import type { ModelState } from '../../../shared/model/model-state.ts';
import type { Progress } from './decide.ts';

/** How many updates measured the metric that ranks the run since its best, so that patience outlives the process. */
const sinceBestSchema = z.object({
  metric: z.string(),
  mode: z.enum(['max', 'min']),
  updates: z.number().int().nonnegative(),
});

/** What sidecars say of that. The reference knows no such key, so it is neither in its training state nor in the file. */
export function sinceBest({ ranking, idle }: Progress): JsonObject {
  return { since_best: { metric: ranking.name, mode: ranking.mode, updates: idle } };
}

/** How many updates a version had seen since the best; 0 where it does not say, or goes by another metric. */
export function updatesSinceBest(version: ModelState | null, ranking: Progress['ranking']): number {
  const { data } = sinceBestSchema.safeParse(version?.metadata['since_best']);
  if (!data) return 0;
  return isSameRanking({ name: data.metric, mode: data.mode }, ranking) ? data.updates : 0;
}
