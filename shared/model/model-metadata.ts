import { z } from 'zod';
import { anyNumber, type JsonObject, jsonObject, ownValue } from './json.ts';

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

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number';
const isWhole: Check = (value) => Number.isSafeInteger(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isObject: Check = (value) => typeof value === 'object' && !Array.isArray(value);
const isChecksum: Check = (value) => typeof value === 'string' && /^[0-9a-fA-F]{64}$/.test(value);
const areTexts: Check = (value) => Array.isArray(value) && value.every(isText);

/** Each key in the order of most files, with what it may be; null and absent it may always be. */
const checks: readonly (readonly [string, Check])[] = [
  ['version', isWhole],
  ['timestamp', isText],
  ['reward', isNumber],
  ['symbol', isText],
  ['day_quality', isNumber],
  ['episode_count', isWhole],
  ['update_count', isWhole],
  ['model_class', isText],
  ['model_config', isObject],
  ['metrics', isObject],
  ['evaluation_results', isObject],
  ['file_path', isText],
  ['file_size_bytes', isCount],
  ['file_size', isCount],
  ['checksum', isChecksum],
  ['training_config', isObject],
  ['training_state', isObject],
  ['notes', isText],
  ['tags', areTexts],
];

/**
 * Whether {@link modelMetadataSchema} would take an object from a file as it is: the same answer many times faster, for the
 * hundred thousand sidecars of a large run. What is wrong, the schema says.
 */
export function isModelMetadata(value: object): value is ModelMetadata {
  return checks.every(([key, holds]) => {
    const own = ownValue(value as JsonObject, key);
    return own === undefined || own === null || holds(own);
  });
}
