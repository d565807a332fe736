import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../shared/model/json.ts';
import { parseJsonExactly } from '../catalog/parse-json.ts';
import { writePythonJson } from '../catalog/write-python-json.ts';
import type { SidecarChange } from './evaluation.ts';
import { spliceJson } from './splice-json.ts';

function spliceOne(text: string, path: string[], value: unknown): string {
  return spliceJson(text, [{ path, value }]);
}

function oneByOne(text: string, changes: readonly SidecarChange[]): string {
  return changes.reduce((each, { path, value }) => spliceOne(each, [...path], value), text);
}

test('a member that is there is replaced, and nothing else', () => {
  const text =
    '{\n  "reward": 1.0,\n  "metrics": {"a": 1e3, "b": NaN},\n  "big": 123456789012345678901,\n  "x": "\\"metrics\\": {"\n}\n';
  expect(spliceOne(text, ['metrics', 'a'], 2)).toBe(text.replace('1e3', '2'));
  expect(spliceOne(text, ['metrics', 'c'], 2.5)).toBe(text.replace('NaN}', 'NaN, "c": 2.5}'));
  expect(spliceOne(text, ['reward'], Number.NaN)).toBe(text.replace('1.0', 'NaN'));
});

test('what is not there is put in last, laid out as its neighbours are', () => {
  const text = '{\n    "reward": 1.0,\n    "evaluation_results": null\n}';
  expect(spliceOne(text, ['metrics', 'a'], 2)).toBe(
    '{\n    "reward": 1.0,\n    "evaluation_results": null,\n    "metrics": {\n      "a": 2\n    }\n}',
  );
  expect(spliceOne(text, ['evaluation_results', 'a', 'b'], [])).toBe(
    '{\n    "reward": 1.0,\n    "evaluation_results": {\n      "a": {\n        "b": []\n      }\n    }\n}',
  );
  expect(spliceOne('{"a":1}', ['b'], { c: [1, 2] })).toBe('{"a":1, "b": {"c": [1, 2]}}');
  expect(spliceOne('\ufeff { } ', ['b'], 1)).toBe('\ufeff {"b": 1 } ');
});

test('of a key that is there twice the last counts', () => {
  expect(spliceOne('{"a": 1, "a": 2}', ['a'], 3)).toBe('{"a": 1, "a": 3}');
});

const key = fc.oneof(fc.constantFrom('metrics', 'evaluation_results', '__proto__', ''), fc.string());
const value = fc.jsonValue() as fc.Arbitrary<JsonObject>;

const layouts = fc.constantFrom<(value: unknown) => string>(
  (each) => writePythonJson(each, 2),
  (each) => writePythonJson(each, null),
  (each) => JSON.stringify(each),
  (each) => JSON.stringify(each, null, '\t'),
);
const path = fc.array(key, { minLength: 1, maxLength: 3 });

test('it reads as with the value there, and without it as it was, in any layout', () => {
  fc.assert(
    fc.property(fc.dictionary(key, value), layouts, path, value, (object, layOut, keys, given) => {
      const text = layOut(object);
      const spliced = spliceOne(text, keys, given);
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

test('many values at once give what they give one by one', () => {
  const changes = fc.array(fc.record({ path, value }), { maxLength: 8 }).map(apart);
  fc.assert(
    fc.property(
      fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value))),
      layouts,
      changes,
      (object, layOut, given) => {
        const text = layOut(object);
        expect(spliceJson(text, given)).toBe(oneByOne(text, given));
      },
    ),
    { seed: 1, numRuns: 1000 },
  );
});

/** Those of which no path begins with another's. */
function apart(changes: SidecarChange[]): SidecarChange[] {
  const meets = (a: SidecarChange, b: SidecarChange) => a.path.every((each, index) => b.path[index] === each);
  return changes.filter((each, index) => {
    const others = changes.slice(0, index);
    return !others.some((other) => meets(each, other) || meets(other, each));
  });
}
