import { z } from 'zod';
import { recognisedLayoutSchema, runLayouts } from './recognised-layout.ts';
import { problemSchema } from './run.ts';
import { runStates } from './run-state.ts';

/**
 * A run among those below a folder. `path` is relative to that, with `/`, and `.` for the folder itself. `best` and `latest` are ids, told
 * as a list of the run tells them. `problems` counts what is wrong with the run and with its files, as far as a list of it tells.
 */
export const foundRunSchema = z.strictObject({
  path: z.string(),
  layout: z.enum(runLayouts),
  /** The framework whose run it is taken for; null where nothing tells. */
  recognised: recognisedLayoutSchema.nullable(),
  versions: z.number().int(),
  bytes: z.number(),
  best: z.string().nullable(),
  latest: z.string().nullable(),
  problems: z.number().int(),
});
export type FoundRun = z.infer<typeof foundRunSchema>;

/**
 * A run as `cairn runs` tells it, by the words that queries have. `best_value` is that of the best version by `metric`; `latest_at` is the time of
 * the latest as it tells it, or when its file was changed where it tells none; `overrides` are what Hydra was asked for.
 */
export const summarisedRunSchema = foundRunSchema.extend({
  metric: z.strictObject({ name: z.string(), mode: z.enum(['max', 'min']) }),
  best_value: z.number().nullable(),
  latest_at: z.string().nullable(),
  state: z.array(z.enum(runStates)),
  overrides: z.array(z.string()),
});
export type SummarisedRun = z.infer<typeof summarisedRunSchema>;

/**
 * Which settings differ between runs, and how each goes with the best of a run by the metric `by`: that of most of them, null where none can be
 * compared. `compared` counts the runs, `otherwise` those that are ranked by another metric, `unread` those that were not read, being too many. Of words the best are first. `correlation` is Spearman's, null for too few runs and where all came to the same; `mean` is that of the best. `values` are those that were tried again and again, `peak` those better than both ends of the range.
 */
const differencesSchema = z.strictObject({
  by: z.strictObject({ name: z.string(), mode: z.enum(['max', 'min']) }).nullable(),
  compared: z.number().int(),
  otherwise: z.number().int(),
  unread: z.number().int(),
  numbers: z.array(
    z.strictObject({
      name: z.string(),
      runs: z.number().int(),
      range: z.tuple([z.number(), z.number()]).readonly(),
      correlation: z.number().nullable(),
      values: z
        .array(z.strictObject({ value: z.number(), runs: z.number().int(), mean: z.number() }))
        .readonly(),
      peak: z
        .strictObject({ from: z.number(), to: z.number(), runs: z.number().int(), mean: z.number() })
        .nullable(),
    }),
  ),
  words: z.array(
    z.strictObject({
      name: z.string(),
      runs: z.number().int(),
      values: z
        .array(z.strictObject({ value: z.string(), runs: z.number().int(), mean: z.number() }))
        .readonly(),
    }),
  ),
});

/** `problems`: what was not looked into. `differences` are told where they are asked for. */
export const runsOutputSchema = z.strictObject({
  root: z.string(),
  runs: z.array(summarisedRunSchema),
  problems: z.array(problemSchema),
  differences: differencesSchema.optional(),
});
export type RunsOutput = z.infer<typeof runsOutputSchema>;
