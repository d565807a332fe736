import type { JsonObject } from '../../../shared/model/json.ts';
import { ModelValidationError } from '../errors.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import { readFileText } from '../files/read-text.ts';
import { interpretRecord, type Meaning, unusable } from './interpret-record.ts';
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

/** Reads a sidecar as far as it can be read. Never throws: a model with a broken sidecar stays in the list and says so. */
export function readSidecar(path: string): Sidecar {
  try {
    const { text, identity } = readFileText(path, sidecarLimit);
    return { ...interpretSidecar(text), identity };
  } catch (error) {
    const reason = error instanceof ModelValidationError ? error.message : explainError(error);
    const told = unusable(`its sidecar cannot be read: ${reason}`);
    // A symbolic link is left where it is, and its version is as one without a sidecar.
    if (errorCode(error) === 'ELOOP') delete told.fault;
    return { ...told, identity: null };
  }
}

/** What the text of a sidecar says. */
export function interpretSidecar(text: string): Meaning {
  try {
    const value = parseJson(text);
    if (isObject(value)) return interpretRecord(value, 'its sidecar');
    return unusable(`its sidecar is ${Array.isArray(value) ? 'a list' : 'a single value'}, not an object`);
  } catch (error) {
    return unusable(`its sidecar is ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
