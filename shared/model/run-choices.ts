import { z } from 'zod';

const metricName = z.string().min(1).max(1000);
/** Of a framework's layout, as `cairn ls --layout` takes it. */
export const layoutId = z.string().min(1).max(100);
const mode = z.enum(['max', 'min']);

/** Which end of a metric is the better one. */
export const metricDirectionSchema = z.strictObject({ metric: metricName, mode });
export type MetricDirection = z.infer<typeof metricDirectionSchema>;

/**
 * What the figures of a Sharpe ratio need and files do not say, of the returns that it was measured on; null where nobody has said it.
 * `periods`: how many returns. `annualised_by`: how many of them make a year in the Sharpe ratio, 1 where it is not annualised.
 * `skewness` and `kurtosis` of the returns, of a normal distribution 0 and 3; no distribution has a kurtosis below 1 + skewness².
 * `trials`: how many independent models were tried, if another number than that of the versions.
 */
export const returnFactsSchema = z.strictObject({
  periods: z.number().int().min(2).max(1e12).nullable(),
  annualised_by: z.number().positive().max(1e9).nullable(),
  skewness: z.number().min(-1e6).max(1e6).nullable(),
  kurtosis: z.number().min(1).max(1e13).nullable(),
  trials: z.number().int().min(1).max(1e15).nullable(),
});
export type ReturnFacts = z.infer<typeof returnFactsSchema>;

/**
 * What a person decided of a run: the metric that tells the best, null for the config's; the better end of metrics; what they know of
 * the returns; and the framework in whose way alone the run is read, by the id of its layout, null for what is recognised.
 */
export const runChoicesSchema = z.strictObject({
  metric: metricName.nullable(),
  directions: z.array(metricDirectionSchema).max(10_000),
  returns: returnFactsSchema,
  layout: layoutId.nullable(),
});
export type RunChoices = z.infer<typeof runChoicesSchema>;

export const noReturnFacts: ReturnFacts = {
  periods: null,
  annualised_by: null,
  skewness: null,
  kurtosis: null,
  trials: null,
};

export const noChoices: RunChoices = { metric: null, directions: [], returns: noReturnFacts, layout: null };
