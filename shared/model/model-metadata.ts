import { z } from 'zod';
import { anyNumber, jsonObject } from './json-schemas.ts';

const optional = <T extends z.ZodType>(schema: T) => schema.nullable().optional();

/**
 * The sidecar of a model, all generations in one: the typed one (`checksum`, `file_size_bytes`, …), the simple one
 * (`source`, `file_size`) and the oldest (`NAME_meta.json`). Every key may be absent, unknown ones are kept. Source:
 * the reference's ModelMetadata and the files it wrote.
 */
export const modelMetadataSchema = z.looseObject({
  version: optional(z.number().int()),
  timestamp: optional(z.string()),
  reward: optional(anyNumber),
  symbol: optional(z.string()),
  day_quality: optional(anyNumber),
  episode_count: optional(z.number().int()),
  update_count: optional(z.number().int()),
  model_class: optional(z.string()),
  model_config: optional(jsonObject),
  metrics: optional(jsonObject),
  evaluation_results: optional(jsonObject),
  file_path: optional(z.string()),
  file_size_bytes: optional(z.number().int().nonnegative()),
  file_size: optional(z.number().int().nonnegative()),
  checksum: optional(z.string().regex(/^[0-9a-fA-F]{64}$/, 'not a SHA-256 in hex')),
  training_config: optional(jsonObject),
  training_state: optional(jsonObject),
  notes: optional(z.string()),
  tags: optional(z.array(z.string())),
});

export type ModelMetadata = z.infer<typeof modelMetadataSchema>;
