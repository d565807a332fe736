import { z } from 'zod';
import { bestJudgementSchema } from '../model/best-judgement.ts';
import { layoutId, metricDirectionSchema, returnFactsSchema } from '../model/run-choices.ts';
import { weightsFoundSchema } from '../model/weights-found.ts';
import { handle, nothing, run, versionHandle } from './handles.ts';

const { metric, mode } = metricDirectionSchema.shape;

/** The requests about which version is the best, and how sure that is. A metric is a name as the run's records have it. */
export const choiceRequests = {
  /** Ranks the run by this metric from now on; null for the one of its config. */
  chooseMetric: { input: z.strictObject({ runId: handle, metric: metric.nullable() }), output: nothing },
  /** Which end of a metric is the better one; null for what config or name tell. */
  setDirection: { input: z.strictObject({ runId: handle, metric, mode: mode.nullable() }), output: nothing },
  /** The layouts that a run can be read in. */
  listLayouts: { input: nothing, output: z.array(z.strictObject({ layout: layoutId, name: z.string() })) },
  /** Reads the run in the way of this framework alone from now on, null for what is recognised: it is closed, and opened again as another. */
  chooseLayout: {
    input: z.strictObject({ runId: handle, layout: layoutId.nullable() }),
    output: z.strictObject({ openedId: handle }),
  },
  /** What a person knows of the returns behind the run's Sharpe ratios. */
  describeReturns: { input: z.strictObject({ runId: handle, returns: returnFactsSchema }), output: nothing },
  /**
   * What must be known of a metric before versions of these runs are put into an order by it, in whole sentences: these versions, null for all.
   */
  warnOfRanking: {
    input: metricDirectionSchema.extend({
      runIds: z.array(handle).min(1).max(1000),
      versions: z.array(versionHandle).max(1_000_000).nullable(),
    }),
    output: z.strictObject({ warnings: z.array(z.string()) }),
  },
  /** `best`, `next` and `resumes`: the versions that the judgement names so, to be shown; `weights`: what is known of those of the best. */
  judgeBest: {
    input: run,
    output: z.strictObject({
      judgement: bestJudgementSchema,
      best: versionHandle.nullable(),
      next: versionHandle.nullable(),
      resumes: versionHandle.nullable(),
      weights: weightsFoundSchema.nullable(),
    }),
  },
} as const;
