import { areEqual, isObject } from '../../../shared/comparison/equal-values.ts';
import type { Json, JsonObject } from '../../../shared/model/json.ts';
import { limitText } from '../contents/limit-value.ts';

/** A value that is not the same in two documents; null where one does not have it. */
export interface ValueDifference {
  /** The path of keys that leads to it, joined by `.`. */
  key: string;
  a: Json;
  b: Json;
}

const deepest = 50;
/** What leads to a value, in characters: it stands before each of the values below. */
const longestKey = 1000;

/** The values in which two documents differ, those within objects each by its own path; lists are compared as a whole. */
export function diffValues(a: Json, b: Json): ValueDifference[] {
  return diffBelow(a, b, '', 0);
}

function diffBelow(a: Json, b: Json, path: string, depth: number): ValueDifference[] {
  if (isObject(a) && isObject(b) && depth < deepest) return diffObjects(a, b, path, depth);
  return areEqual(a, b) ? [] : [{ key: path, a, b }];
}

function diffObjects(a: JsonObject, b: JsonObject, path: string, depth: number): ValueDifference[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) => {
    const below = limitText(depth === 0 ? key : `${path}.${key}`, longestKey);
    return diffBelow(ownOrNull(a, key), ownOrNull(b, key), below, depth + 1);
  });
}

function ownOrNull(object: JsonObject, key: string): Json {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null;
}
