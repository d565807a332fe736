import { z } from 'zod';
import { type JsonObject, ownValue } from './json.ts';
import { anyNumber, jsonObject } from './json-schemas.ts';
import { kindOfValue } from './kind-of-value.ts';

const sha256 = /^[0-9a-fA-F]{64}$/;
const optional = <T extends z.ZodType>(schema: T) => schema.nullable().optional();

/**
 * The sidecar of a model, all generations in one: the typed one (`checksum`, `file_size_bytes`, …), the simple one
 * (`source`, `file_size`) and the oldest (`NAME_meta.json`). Every key may be absent, unknown ones are kept. Source:
 * the reference's ModelMetadata and the files it wrote.
 */
export const modelMetadataSchema = z.looseObject({
  version: optional(z.number().int().nonnegative()),
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
  checksum: optional(z.string().regex(sha256, 'not a SHA-256 in hex')),
  training_config: optional(jsonObject),
  training_state: optional(jsonObject),
  notes: optional(z.string()),
  tags: optional(z.array(z.string())),
});

export type ModelMetadata = z.infer<typeof modelMetadataSchema>;

/** What a value may be, and in words why another is not that. */
interface Check {
  holds: (value: unknown) => boolean;
  fault: (value: unknown) => string;
}

const other = (wanted: string) => (value: unknown) => `it is ${kindOfValue(value)}, not ${wanted}`;
const isString = (value: unknown) => typeof value === 'string';

const isText: Check = { holds: isString, fault: other('a text') };
const isNumber: Check = { holds: (value) => typeof value === 'number', fault: other('a number') };
const isWhole: Check = {
  holds: Number.isSafeInteger,
  fault: (value) =>
    Number.isInteger(value) ? `it is ${value}, which is too large` : other('a whole number')(value),
};
const isNotBelow0 = (what: string): Check => ({
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  fault: (value) =>
    Number.isSafeInteger(value) ? `it is ${value}, and ${what} is not below 0` : isWhole.fault(value),
});
const isSize = isNotBelow0('a size');
const isObject: Check = {
  holds: (value) => typeof value === 'object' && !Array.isArray(value),
  fault: other('an object'),
};
const isChecksum: Check = {
  holds: (value) => typeof value === 'string' && sha256.test(value),
  fault: (value) =>
    isString(value) ? 'it is not a SHA-256 in hex, which has 64 digits' : other('a SHA-256 in hex')(value),
};
const areTexts: Check = {
  holds: (value) => Array.isArray(value) && value.every(isString),
  fault: (value) =>
    Array.isArray(value) ? 'not all that is in its list is text' : other('a list of texts')(value),
};

/** Each key in the order of most files, with what it may be; null and absent it may always be. */
const checks: readonly (readonly [string, Check])[] = [
  ['version', isNotBelow0('a version')],
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
  ['file_size_bytes', isSize],
  ['file_size', isSize],
  ['checksum', isChecksum],
  ['training_config', isObject],
  ['training_state', isObject],
  ['notes', isText],
  ['tags', areTexts],
];

/**
 * Whether {@link modelMetadataSchema} would take an object from a file as it is: the same answer many times faster, for the
 * hundred thousand sidecars of a large run.
 */
export function isModelMetadata(value: object): value is ModelMetadata {
  return checks.every((check) => isUsable(value, check));
}

/** The keys of an object from a file that the schema would not take, and of each in words what is wrong with its value. */
export function findMetadataFaults(value: object): Map<string, string> {
  const wrong = checks.filter((check) => !isUsable(value, check));
  return new Map(wrong.map(([key, { fault }]) => [key, fault(ownValue(value as JsonObject, key))]));
}

function isUsable(value: object, [key, { holds }]: (typeof checks)[number]): boolean {
  const own = ownValue(value as JsonObject, key);
  return own === undefined || own === null || holds(own);
}
