import type { JsonObject } from '../../../shared/model/json.ts';
import {
  isModelMetadata,
  type ModelMetadata,
  modelMetadataSchema,
} from '../../../shared/model/model-metadata.ts';
import { ModelValidationError } from '../errors.ts';
import { explainError } from '../files/error-code.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import { readFileText } from '../files/read-text.ts';
import { escapeName } from './escape-name.ts';
import { parseJson } from './parse-json.ts';

/** The most bytes a sidecar may have. */
export const sidecarLimit = 16 * 1024 * 1024;

/** Which of a model's sidecars counts, by name or path: the simple generation's `_meta.json` only where there is no other. */
export function chooseSidecar(names: readonly string[]): string | undefined {
  return names.find((name) => !name.endsWith('_meta.json')) ?? names[0];
}

/** What a sidecar says; `metadata` is null when it says nothing that can be used, `problems` has a sentence for each fault. */
export interface Sidecar extends Meaning {
  /** What the file was when this was read; null where it could not be. */
  identity: FileIdentity | null;
}

interface Meaning {
  metadata: ModelMetadata | null;
  problems: string[];
}

/** Reads a sidecar as far as it can be read. Never throws: a model with a broken sidecar stays in the list and says so. */
export function readSidecar(path: string): Sidecar {
  try {
    const { text, identity } = readFileText(path, sidecarLimit);
    return { ...interpret(text), identity };
  } catch (error) {
    const reason = error instanceof ModelValidationError ? error.message : explainError(error);
    return { metadata: null, problems: [`its sidecar cannot be read: ${reason}`], identity: null };
  }
}

function interpret(text: string): Meaning {
  try {
    const value = parseJson(text);
    if (isObject(value)) return validate(value);
    return {
      metadata: null,
      problems: [`its sidecar is ${Array.isArray(value) ? 'a list' : 'a single value'}, not an object`],
    };
  } catch (error) {
    return {
      metadata: null,
      problems: [`its sidecar is ${error instanceof Error ? error.message : String(error)}`],
    };
  }
}

/** Keys whose value is of the wrong type are set aside and named; the others count. */
function validate(value: JsonObject): Meaning {
  if (isModelMetadata(value)) return { metadata: value, problems: [] };
  const result = modelMetadataSchema.safeParse(value);
  if (result.success) return { metadata: result.data, problems: [] };
  const wrong = new Map(result.error.issues.map((issue) => [String(issue.path[0]), issue.message]));
  const usable = Object.fromEntries(Object.entries(value).filter(([key]) => !wrong.has(key)));
  return {
    metadata: modelMetadataSchema.parse(usable),
    problems: [...wrong].map(
      ([key, message]) => `its sidecar's ${escapeName(key)} cannot be used: ${message}`,
    ),
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
