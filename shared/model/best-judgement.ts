import { z } from 'zod';
import { metricOrigins } from './metric.ts';

const count = z.number().int().nonnegative();
const id = z.string();

/** A number, or in one clause why there is none. */
const figureSchema = z.strictObject({ value: z.number().nullable(), why: z.string().nullable() });
export type Figure = z.infer<typeof figureSchema>;

/** The facts of the returns that the figures of a Sharpe ratio lack, by the names that `returnFactsSchema` has for them. */
const askedSchema = z.enum(['periods', 'annualised_by', 'skewness', 'kurtosis', 'trials']);

/**
 * How sure it is that the best version is the best.
 * - candidates: how many it was chosen among, itself included: nothing speaks against them and their value is finite. Versions that are one
 *   state of one model, saved twice, count once.
 * - passed_over: how many versions were no candidates, by reason: with the candidates, all there are
 * - next, margin: the best of the other candidates, and how much better the best is, never negative
 * - interval: where the best one's true value lies with `confidence`, and in one clause how that is known
 * - probabilistic_sharpe, deflated_sharpe: null where the metric is no Sharpe ratio; chances from 0 to 1
 * - trials: how many it was chosen among as far as a deflated Sharpe ratio goes; null where versions are gone and nobody has said it
 * - luck: the Sharpe ratio that the best of so many `trials` would be expected to have without any skill, in the units of the metric
 * - missing: what a person may say of the run so that more can be computed
 * - warnings: what must be known before trusting the choice, a sentence each
 * - resumes: the newest version whatever its state, from which a trainer goes on that looks at times alone; null where it is intact
 */
export const bestJudgementSchema = z.strictObject({
  metric: z.string(),
  mode: z.enum(['max', 'min']),
  source: z.enum(metricOrigins),
  best: id.nullable(),
  value: z.number().nullable(),
  candidates: count,
  passed_over: z.array(z.strictObject({ why: z.string(), versions: count })),
  next: z.strictObject({ id, value: z.number() }).nullable(),
  margin: z.number().nullable(),
  interval: z
    .strictObject({ low: z.number(), high: z.number(), confidence: z.number(), basis: z.string() })
    .nullable(),
  interval_why: z.string().nullable(),
  probabilistic_sharpe: figureSchema.nullable(),
  deflated_sharpe: figureSchema.nullable(),
  luck: z.number().nullable(),
  trials: count.nullable(),
  missing: z.array(askedSchema),
  warnings: z.array(z.string()),
  resumes: id.nullable(),
});
export type BestJudgement = z.infer<typeof bestJudgementSchema>;
