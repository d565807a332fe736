import { z } from 'zod';
import { settingSourceSchema } from '../model/hyperparameters.ts';
import { handle, run, versionHandle } from './handles.ts';

const name = z.string().min(1).max(500);

/** `source` is the first place where one of the versions asked says it; `varies` whether they differ in it. */
const foundSchema = z.strictObject({
  name: z.string(),
  source: z.union([settingSourceSchema, z.literal('training state')]),
  varies: z.boolean(),
});

/**
 * What versions say under one name, in their order. A code tells what it is: 0 nothing, 1 the number in its place, above that the
 * word at `code - 2`, text to show.
 */
export const settingColumnSchema = z.strictObject({
  codes: z.instanceof(Uint16Array<ArrayBuffer>),
  numbers: z.instanceof(Float64Array<ArrayBuffer>),
  words: z.array(z.string()),
});

/** The requests for what versions were trained with: read when somebody asks, for it stands in a file of each. */
export const hyperparameterRequests = {
  /** Which there are, by a sample of the versions. */
  listHyperparameters: { input: run, output: z.strictObject({ found: z.array(foundSchema) }) },
  readHyperparameters: {
    input: z.strictObject({
      runId: handle,
      versions: z.array(versionHandle).min(1).max(4000),
      settings: z.array(name).min(1).max(64),
    }),
    output: z.strictObject({ columns: z.array(settingColumnSchema) }),
  },
} as const;

export type FoundHyperparameter = z.infer<typeof foundSchema>;
export type HyperparameterColumn = z.infer<typeof settingColumnSchema>;
