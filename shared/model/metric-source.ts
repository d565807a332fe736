import { z } from 'zod';
import { jsonNumber } from './json-schemas.ts';

/**
 * Where a metric of a version is from that its own files do not have: which file of the run, and which measurement in it. `metric` is
 * `reward` for the reward. `axis` says what the file counts by and `at` where it was measured; `behind` how far before the version that was:
 * 0 for its very place. `axis` is null where the file names the version itself. Of evaluations whose episodes are on record: how many there
 * were, the standard deviation of their rewards (by n − 1), and where the true mean lies with 95 % confidence.
 */
export const metricSourceSchema = z.strictObject({
  metric: z.string(),
  file: z.string(),
  axis: z.enum(['step', 'epoch', 'iteration']).nullable(),
  at: jsonNumber.nullable(),
  behind: jsonNumber,
  episodes: z.number().int().nullable(),
  deviation: jsonNumber.nullable(),
  interval: z.tuple([jsonNumber, jsonNumber]).nullable(),
});
export type MetricSource = z.infer<typeof metricSourceSchema>;
