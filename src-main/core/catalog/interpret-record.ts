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
  /** Which of the problems is that it is there, and that what a version is ranked by cannot be read of it. What a file says of itself is not asked for this. */
  fault?: string;
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
  const told = [...wrong].map(([key, why]) => ({
    problem: `${whose}'s ${key} cannot be used: ${why}`,
    isRanking: key === 'reward' || key === 'metrics',
  }));
  const fault = told.find(({ isRanking }) => isRanking)?.problem;
  return {
    metadata: modelMetadataSchema.parse(usable),
    problems: told.map(({ problem }) => problem),
    ...(fault === undefined ? {} : { fault }),
  };
}

/** Of a record of which nothing can be used. */
export function unusable(fault: string): Meaning {
  return { metadata: null, problems: [fault], fault };
}
