import { z } from 'zod';
import { metricOrigins } from './metric.ts';
import { recognisedLayoutSchema, runLayouts } from './recognised-layout.ts';
import { runChoicesSchema } from './run-choices.ts';
import { storageConfigSchema } from './storage-config.ts';

/** Something in the run folder that is not a version, or not as it should be. `path` is relative to the run. */
export const problemSchema = z.strictObject({ path: z.string(), problem: z.string() });
export type Problem = z.infer<typeof problemSchema>;

/**
 * Whether changes on disk are noticed at once, by looking again from time to time, or not at all; and why. `renamed` is what a folder that is
 * gone is called now, where it was; `linked`: that name is its own, and a link to another folder.
 */
export const watchStateSchema = z.strictObject({
  state: z.enum(['live', 'polling', 'off', 'gone']),
  detail: z.string().nullable(),
  renamed: z.string().optional(),
  linked: z.literal(true).optional(),
});
export type WatchState = z.infer<typeof watchStateSchema>;

const selectionMetricSchema = z.strictObject({
  name: z.string(),
  mode: z.enum(['max', 'min']),
  source: z.enum(metricOrigins),
  unusable: z
    .array(z.strictObject({ part: z.enum(['name', 'mode']), why: z.string() }))
    .readonly()
    .optional(),
});

/**
 * A run as the window sees it: `runId` is a handle that main issued, `folder` is text to show and never sent back. A run that is
 * `readOnly`, or someone else's, is not written to.
 */
export const runSummarySchema = z.strictObject({
  runId: z.string(),
  name: z.string(),
  /** What its launcher wrote down of it, where its folder has but a number for a name. */
  toldName: z.string().nullable(),
  folder: z.string(),
  config: storageConfigSchema,
  configSource: z.string().nullable(),
  /** What tells the best, and what would without the choices. */
  metric: selectionMetricSchema,
  configuredMetric: selectionMetricSchema,
  choices: runChoicesSchema,
  /** Metrics that are written as negative numbers where that tells the better end. */
  negativeMetrics: z.array(z.string()),
  problems: z.array(problemSchema),
  layout: z.enum(runLayouts),
  recognised: recognisedLayoutSchema.nullable(),
  watch: watchStateSchema,
  loading: z.boolean(),
  readOnly: z.boolean(),
  versionCount: z.number().int(),
  /** Those whose file is not as it should be, as far as is known. */
  wrongCount: z.number().int(),
  /** Of the best version by the metric; null where there is none. */
  bestValue: z.number().nullable(),
  totalBytes: z.number().int(),
  /** How many runs are in folders below it, none of them in another, as far as names told when it was opened. */
  runsBelow: z.number().int(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
