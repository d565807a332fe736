import type { Json, JsonObject } from '../../../shared/model/json.ts';

/** A value that is not the same in two documents; null where one does not have it. */
export interface ValueDifference {
  /** The path of keys that leads to it, joined by `.`. */
  key: string;
  a: Json;
  b: Json;
}

const deepest = 50;

/** The values in which two documents differ, those within objects each by its own path; lists are compared as a whole. */
export function diffValues(a: Json, b: Json, path: readonly string[] = []): ValueDifference[] {
  if (isObject(a) && isObject(b) && path.length < deepest) return diffObjects(a, b, path);
  return areEqual(a, b) ? [] : [{ key: path.join('.'), a, b }];
}

function diffObjects(a: JsonObject, b: JsonObject, path: readonly string[]): ValueDifference[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) => diffValues(ownOrNull(a, key), ownOrNull(b, key), [...path, key]));
}

function ownOrNull(object: JsonObject, key: string): Json {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null;
}

/** NaN equals NaN. What is nested deeper than anybody writes counts as different. */
export function areEqual(a: Json, b: Json, depth = deepest): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (depth === 0) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => areEqual(item, b[index] ?? null, depth - 1));
  }
  return isObject(a) && isObject(b) && areObjectsEqual(a, b, depth - 1);
}

function areObjectsEqual(a: JsonObject, b: JsonObject, depth: number): boolean {
  const keys = Object.keys(a);
  const isSameSize = keys.length === Object.keys(b).length;
  return (
    isSameSize &&
    keys.every((key) => Object.hasOwn(b, key) && areEqual(a[key] ?? null, b[key] ?? null, depth))
  );
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
