import type { JsonObject } from '../../../shared/model/json.ts';
import type { Ranking } from '../../../shared/model/metric.ts';
import {
  findMetadataFaults,
  isModelMetadata,
  type ModelMetadata,
  modelMetadataSchema,
} from '../../../shared/model/model-metadata.ts';
import type { WrittenBy } from '../formats/contents.ts';

/** What a record says; `metadata` is null when it says nothing that can be used, `problems` has a sentence for each fault. */
export interface Meaning {
  metadata: ModelMetadata | null;
  problems: string[];
  /** Where a file tells which framework wrote it. */
  writtenBy?: WrittenBy;
  /** Where it, or what its framework wrote beside it, tells by which metric that tells the best. */
  chose?: Ranking;
}

/**
 * The record of a model as far as it can be used: keys whose value is of the wrong type are set aside and named, the others
 * count.
 * @param whose what the record is in sentences, such as `its sidecar`
 */
export function interpretRecord(value: JsonObject, whose: string): Meaning {
  if (isModelMetadata(value)) return { metadata: value, problems: [] };
  const wrong = findMetadataFaults(value);
  const usable = Object.fromEntries(Object.entries(value).filter(([key]) => !wrong.has(key)));
  return {
    metadata: modelMetadataSchema.parse(usable),
    problems: [...wrong].map(([key, why]) => `${whose}'s ${key} cannot be used: ${why}`),
  };
}

/**
 * Whether a problem of a version is that its record is there, and what it was ranked by cannot be read. A symbolic link is left where it is for that.
 * @param problem as reading a sidecar, or {@link interpretRecord}, tells it
 */
export function isUnusable(problem: string): boolean {
  return /^its (?:sidecar (?:cannot be read: (?!it is a symbolic link)|is )|(?!sidecar )\S+ (?:cannot be read:|is not an object$)|\S+'s (?:reward|metrics) cannot be used:)/.test(
    problem,
  );
}
