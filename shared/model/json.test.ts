import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type JsonObject, ownValue, stringifyJson } from './json.ts';
import { anyNumber } from './json-schemas.ts';

test('what JSON can say is said exactly as JSON.stringify says it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 2), (value, indent) => {
      expect(stringifyJson(value, indent)).toBe(JSON.stringify(value, null, indent));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('what JSON cannot say becomes a text, wherever it stands', () => {
  const value = { a: [Number.NaN, { b: Infinity }], c: -Infinity, d: 12345678901234567890n, e: 1, f: 'NaN' };
  expect(JSON.parse(stringifyJson(value))).toEqual({
    a: ['NaN', { b: 'Infinity' }],
    c: '-Infinity',
    d: '12345678901234567890',
    e: 1,
    f: 'NaN',
  });
  expect(stringifyJson(Number.NaN)).toBe('"NaN"');
});

test('no number turns into null on its way out', () => {
  fc.assert(
    fc.property(fc.array(fc.double()), (numbers) => {
      expect(stringifyJson({ numbers })).not.toContain('null');
    }),
    { seed: 1 },
  );
});

test('a key from a file is never answered by a prototype', () => {
  for (const key of ['constructor', '__proto__', 'toString']) expect(ownValue({}, key)).toBeUndefined();
  expect(ownValue(JSON.parse('{"__proto__": 1}') as JsonObject, '__proto__')).toBe(1);
  expect(ownValue(null, 'a')).toBeUndefined();
});

test('a number of a file may be NaN or infinite, and nothing else may pass for one', () => {
  for (const value of [1, Number.NaN, -Infinity]) expect(anyNumber.safeParse(value).success).toBe(true);
  for (const value of ['1', 'NaN', null, 1n, [1], true])
    expect(anyNumber.safeParse(value).success).toBe(false);
});
