import { type JsonObject, objectOrNull } from '../../../shared/model/json.ts';
import { readText } from '../files/read-text.ts';
import { parseJsonExactly } from './parse-json.ts';
import { sidecarLimit } from './read-sidecar.ts';

/** The object that a record's file of at most `limit` bytes holds, every digit kept; null where it holds none that can be read. */
export function readRecordObject(path: string, limit = sidecarLimit): JsonObject | null {
  try {
    const value = parseJsonExactly(readText(path, limit));
    return objectOrNull(value);
  } catch {
    return null;
  }
}
