import { z } from 'zod';
import { bestJudgementSchema } from './best-judgement.ts';
import { diffOutputSchema } from './diff-output.ts';
import { evaluatorOutputSchema } from './evaluator-output.ts';
import { inspectOutputSchema } from './inspect-output.ts';
import { integritySchema, integrityStates } from './integrity.ts';
import { metricSourceSchema } from './metric-source.ts';
import { modelMetadataSchema } from './model-metadata.ts';
import { recognisedLayoutSchema } from './recognised-layout.ts';
import { problemSchema } from './run.ts';
import { runsOutputSchema } from './runs-output.ts';
import { storageConfigSchema } from './storage-config.ts';
import { trainingStateSchema } from './training-state.ts';
import { versionSchema } from './version.ts';
import { writingDocuments } from './writing-outputs.ts';

const fileSchema = z.strictObject({ id: z.string(), ...integritySchema.shape });

/** `warnings`: what must be known of the metric that they are sorted by. `runs_below`: the paths of runs in folders below it, as far as names tell. */
const lsOutputSchema = z.strictObject({
  run: z.string(),
  config: storageConfigSchema,
  versions: z.array(versionSchema),
  problems: z.array(problemSchema),
  recognised: recognisedLayoutSchema.nullable(),
  warnings: z.array(z.string()),
  runs_below: z.array(z.string()),
});

/** `companions`: files that go with its model, relative to the run. `metric_sources`: where metrics are from that none of its own files has. */
const latestOutputSchema = versionSchema.extend({
  path: z.string(),
  companions: z.array(z.string()),
  metric_sources: z.array(metricSourceSchema),
});

/** `same_as`: versions of the run whose files hold the same bytes, and symbolic links of the run that lead to it. */
const showOutputSchema = latestOutputSchema.extend({
  same_as: z.array(z.string()),
  modified_at: z.string().nullable(),
  sidecar: z.record(z.string(), z.unknown()).nullable(),
});

/** `selection`: how sure the choice is. */
const bestOutputSchema = latestOutputSchema.extend({ selection: bestJudgementSchema });

export const verifyOutputSchema = z.strictObject({
  ok: z.boolean(),
  files: z.array(fileSchema),
  counts: z.partialRecord(z.enum(integrityStates), z.number().int()),
  bytes: z.number(),
  seconds: z.number(),
  problems: z.array(problemSchema),
});
export type VerifyOutput = z.infer<typeof verifyOutputSchema>;

export const watchOutputSchema = z.strictObject({
  event: z.enum(['ready', 'added', 'changed', 'removed', 'problem']),
  id: z.string().nullable(),
  at: z.string(),
  version: versionSchema.nullable(),
  problem: z.string().optional(),
  /** That a folder which was gone is back, with `ready`. */
  detail: z.string().optional(),
});
export type WatchOutput = z.infer<typeof watchOutputSchema>;

/** Every document that `cairn schema` describes, by the name it goes by there. */
export const documents = new Map<string, z.ZodType>([
  ['model-metadata', modelMetadataSchema],
  ['training-state', trainingStateSchema],
  ['storage-config', storageConfigSchema],
  ['evaluator-output', evaluatorOutputSchema],
  ['runs', runsOutputSchema],
  ['ls', lsOutputSchema],
  ['show', showOutputSchema],
  ['best', bestOutputSchema],
  ['latest', latestOutputSchema],
  ['verify', verifyOutputSchema],
  ['watch', watchOutputSchema],
  ...['pin', 'unpin', 'note', 'tag'].map((name) => [name, versionSchema] as const),
  ['diff', diffOutputSchema],
  ['inspect', inspectOutputSchema],
  ...writingDocuments,
]);
