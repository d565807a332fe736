import { type Json, type JsonObject, toNumber } from './json.ts';

/**
 * The keys of `defaults` in their order, each with the given value or, where that is null or absent, the default; after them the
 * other keys that were given. A Date becomes ISO 8601 text.
 */
export function completeDict(given: Readonly<Record<string, unknown>>, defaults: JsonObject): JsonObject {
  const values = new Map(Object.entries(defaults));
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || (value === null && values.has(key))) continue;
    values.set(key, (value instanceof Date ? formatDate(value) : value) as Json);
  }
  return Object.fromEntries(values);
}

/** The same object with the numbers under these keys as numbers, where our own JSON spells them as text. */
export function withNumbers(dict: JsonObject, keys: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(
    Object.entries(dict).map(([key, value]) => [key, keys.has(key) ? readNumber(value) : value]),
  );
}

/** NaN, ±Infinity and whole numbers past 2^53 as the floats they are; everything else as it is. */
export function readNumber(value: Json): Json {
  return typeof value === 'bigint' ? Number(value) : (toNumber(value) ?? value);
}

/** Microseconds and an offset, as Python writes it: before 3.11 it cannot read a final Z. */
function formatDate(date: Date): string {
  return Number.isNaN(date.getTime()) ? String(date) : date.toISOString().replace('Z', '000+00:00');
}
