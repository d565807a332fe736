import type { Json, JsonObject } from '../model/json.ts';

const deepest = 50;

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

/** Whether two values mean the same, whichever of them stands as a text: see {@link plain}. */
export function areSame(a: Json, b: Json): boolean {
  return areEqual(plain(a), plain(b));
}

const words = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['none', null],
]);

/** The value itself, where it stands as a text: a number, as on a command line, or a truth value as Python or YAML writes it. */
export function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'bigint') return wholeNumber(String(value));
  if (typeof value !== 'string') return value;
  const word = value.trim().toLowerCase();
  if (words.has(word)) return words.get(word) ?? null;
  if (/^[+-]?\d+$/.test(word)) return wholeNumber(word);
  const number = word === '' ? Number.NaN : Number(word);
  return Number.isNaN(number) ? value : number;
}

/** All its digits where float64 would round them. */
function wholeNumber(digits: string): number | string {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
