import { z } from 'zod';
import { parseTimestamp } from '../query/parse-timestamp.ts';
import { explainIssue } from './explain-issue.ts';
import { type ModelMetadata, modelMetadataSchema } from './model-metadata.ts';
import { trainingStateSchema } from './training-state.ts';

export type TrainingState = z.infer<typeof trainingStateSchema>;

/**
 * A model that was loaded: what is known of it, where its training stood, and where its bytes are. `file.id` is the path relative
 * to the run with `/`, `file.path` the absolute one; `size` is in bytes, `checksum` the SHA-256 in hex, null where none is known.
 */
export const modelStateSchema = z.strictObject({
  metadata: modelMetadataSchema,
  trainingState: trainingStateSchema,
  file: z.strictObject({
    id: z.string(),
    path: z.string(),
    size: z.number().int().nonnegative(),
    checksum: z.string().nullable(),
  }),
});

export type ModelState = z.infer<typeof modelStateSchema>;

/** The value, unchanged, when it is what it must be; otherwise a sentence for each of its faults, which begins with the key. */
export type Validated<T> = { value: T } | { problems: string[] };

const datedMetadataSchema = modelMetadataSchema.extend({
  timestamp: z
    .string()
    .refine((text) => parseTimestamp(text) !== null, 'is no date (2024-01-01T12:30:00 or 20240101_123000)')
    .nullable()
    .optional(),
});

/** Whether this is the metadata of a model; all that is wrong at once. */
export function validateMetadata(value: unknown): Validated<ModelMetadata> {
  return validate<ModelMetadata>(datedMetadataSchema, value, 'metadata');
}

/** Whether this is a training state; all that is wrong at once. */
export function validateTrainingState(value: unknown): Validated<TrainingState> {
  return validate<TrainingState>(trainingStateSchema, value, 'training_state');
}

/** What zod hands back is not used: it would lose a key called `__proto__`. */
function validate<T>(schema: z.ZodType<T>, value: unknown, name: string): Validated<T> {
  const result = schema.safeParse(value, { error: explainIssue });
  if (result.success) return { value: value as T };
  return {
    problems: result.error.issues.map(({ path, message }) => `${path.join('.') || name}: ${message}`),
  };
}
