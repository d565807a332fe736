/** A JSON value as it stands in a file, with the non-finite numbers that Python's `json.dump` writes bare. */
export type Json = null | boolean | number | bigint | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** A number in our own JSON, which lacks NaN and ±Infinity: those are strings there. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** The number itself, whichever way it is spelt; null for anything that is none. */
export function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : null;
}

/** JSON lacks NaN, ±Infinity and whole numbers past 2^53: all become strings, the last with every digit. */
export function stringifyJson(value: unknown, indent?: number): string {
  // Most values have none of them, and a replacer makes JSON.stringify several times slower.
  return hasSpecial(value)
    ? JSON.stringify(value, encodeSpecial, indent)
    : JSON.stringify(value, null, indent);
}

function hasSpecial(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isSpecial(value);
  for (const key in value) if (hasSpecial((value as Record<string, unknown>)[key])) return true;
  return false;
}

function isSpecial(value: unknown): value is number | bigint {
  return typeof value === 'number' ? !Number.isFinite(value) : typeof value === 'bigint';
}

function encodeSpecial(_key: string, value: unknown): unknown {
  return isSpecial(value) ? value.toString() : value;
}

/** The value where it is an object; null for anything else. */
export function objectOrNull(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

/** The own value of a key that came from a file; never one inherited from a prototype. */
export function ownValue(object: JsonObject | null | undefined, key: string): Json | undefined {
  return object && Object.hasOwn(object, key) ? object[key] : undefined;
}
