import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../shared/model/json.ts';
import { parseJsonExactly } from '../catalog/parse-json.ts';
import { writePythonJson } from '../catalog/write-python-json.ts';
import { spliceJson } from './splice-json.ts';

test('a member that is there is replaced, and nothing else', () => {
  const text =
    '{\n  "reward": 1.0,\n  "metrics": {"a": 1e3, "b": NaN},\n  "big": 123456789012345678901,\n  "x": "\\"metrics\\": {"\n}\n';
  expect(spliceJson(text, ['metrics', 'a'], 2)).toBe(text.replace('1e3', '2'));
  expect(spliceJson(text, ['metrics', 'c'], 2.5)).toBe(text.replace('NaN}', 'NaN, "c": 2.5}'));
  expect(spliceJson(text, ['reward'], Number.NaN)).toBe(text.replace('1.0', 'NaN'));
});

test('what is not there is put in last, laid out as its neighbours are', () => {
  const text = '{\n    "reward": 1.0,\n    "evaluation_results": null\n}';
  expect(spliceJson(text, ['metrics', 'a'], 2)).toBe(
    '{\n    "reward": 1.0,\n    "evaluation_results": null,\n    "metrics": {\n      "a": 2\n    }\n}',
  );
  expect(spliceJson(text, ['evaluation_results', 'a', 'b'], [])).toBe(
    '{\n    "reward": 1.0,\n    "evaluation_results": {\n      "a": {\n        "b": []\n      }\n    }\n}',
  );
  expect(spliceJson('{"a":1}', ['b'], { c: [1, 2] })).toBe('{"a":1, "b": {"c": [1, 2]}}');
  expect(spliceJson('\ufeff { } ', ['b'], 1)).toBe('\ufeff {"b": 1 } ');
});

test('of a key that is there twice the last counts', () => {
  expect(spliceJson('{"a": 1, "a": 2}', ['a'], 3)).toBe('{"a": 1, "a": 3}');
});

const key = fc.oneof(fc.constantFrom('metrics', 'evaluation_results', '__proto__', ''), fc.string());
const value = fc.jsonValue() as fc.Arbitrary<JsonObject>;

test('it reads as with the value there, and without it as it was, in any layout', () => {
  const layouts = fc.constantFrom<(value: unknown) => string>(
    (each) => writePythonJson(each, 2),
    (each) => writePythonJson(each, null),
    (each) => JSON.stringify(each),
    (each) => JSON.stringify(each, null, '\t'),
  );
  const path = fc.array(key, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.dictionary(key, value), layouts, path, value, (object, layOut, keys, given) => {
      const text = layOut(object);
      const spliced = spliceJson(text, keys, given);
      expect(parseJsonExactly(spliced)).toEqual(withValue(parseJsonExactly(text) as JsonObject, keys, given));
    }),
    { seed: 1, numRuns: 500 },
  );
});

function withValue(object: JsonObject, [first = '', ...rest]: string[], given: JsonObject): JsonObject {
  const inner = Object.hasOwn(object, first) ? object[first] : {};
  const base = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {};
  const entries = Object.entries(object).filter(([name]) => name !== first);
  const changed: JsonObject = rest.length === 0 ? given : withValue(base, rest, given);
  return Object.fromEntries([...entries, [first, changed]]);
}
