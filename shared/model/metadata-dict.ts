import { completeDict, withNumbers } from './complete-dict.ts';
import type { JsonObject } from './json.ts';
import { jsonObject } from './json-schemas.ts';
import type { ModelMetadata } from './model-metadata.ts';
import { type Validated, validateMetadata } from './model-state.ts';
import { referenceFloats } from './reference-floats.ts';

/** Metadata as it is put together before a save: the moment may still be a Date. */
export type MetadataDraft = {
  [K in keyof ModelMetadata]: ModelMetadata[K] | (K extends 'timestamp' ? Date : never);
};

/**
 * The sidecar of generation "typed": its keys in its order, with its defaults; unknown keys after them. A date is written with an
 * offset, never with a final `Z`; one that came without a zone stays as it is. Source: the reference's ModelMetadata.
 */
export function metadataToDict(metadata: MetadataDraft): JsonObject {
  const dict = completeDict(metadata, defaultMetadata());
  const { timestamp } = dict;
  if (typeof timestamp === 'string') dict['timestamp'] = timestamp.replace(/(\d)Z$/, '$1+00:00');
  return dict;
}

/**
 * Metadata from a sidecar of any generation, or from our own JSON, where NaN and ±Infinity are texts. Dates stay as they were
 * written.
 */
export function metadataFromDict(dict: unknown): Validated<ModelMetadata> {
  const { data } = jsonObject.safeParse(dict);
  return validateMetadata(data ? withNumbers(completeDict(data, defaultMetadata()), referenceFloats) : dict);
}

function defaultMetadata(): JsonObject {
  return {
    version: null,
    timestamp: null,
    reward: null,
    symbol: null,
    day_quality: null,
    episode_count: 0,
    update_count: 0,
    model_class: null,
    model_config: null,
    metrics: {},
    evaluation_results: null,
    file_path: null,
    file_size_bytes: null,
    checksum: null,
    training_config: null,
    notes: null,
    tags: [],
  };
}
