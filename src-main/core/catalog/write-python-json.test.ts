import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModelValidationError } from '../errors.ts';
import { PythonFloat } from '../packing/torch-value.ts';
import { parseJson, parseJsonExactly } from './parse-json.ts';
import { writePythonJson } from './write-python-json.ts';

/** Written by Python 3.11's json.dumps(…, indent=2). */
const written = `{
  "reward": NaN,
  "metrics": {
    "best": Infinity,
    "worst": -Infinity,
    "empty": {},
    "none": []
  },
  "seed": 1152921504606846977,
  "\\u00e9\\u007f\\u2028\\ud83d\\ude00\\n\\t/\\"\\\\\\u0001": [
    1e-05,
    0.0001,
    1.5e-07,
    123456789012345.6,
    1.2345678901234568e+17,
    9007199254740992.0,
    1e+16,
    -1e+22,
    5e-324,
    1.7976931348623157e+308,
    -0.0,
    0.1,
    -12
  ],
  "__proto__": {
    "polluted": true
  },
  "lone": "\\ud800",
  "rest": [
    null,
    false,
    [
      {}
    ]
  ]
}`;

const longInteger = fc
  .tuple(fc.bigInt({ min: 2n ** 53n, max: 2n ** 90n }), fc.boolean())
  .map(([size, negative]) => (negative ? -size : size));

const json = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.double(),
    fc.integer(),
    fc.constantFrom(null, true, false, -0, 2 ** 53, 1e16, 1e-5, 'NaN', '-Infinity', ''),
    longInteger,
    fc.string({ unit: 'binary' }),
    fc.array(tie('any'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(fc.string(), fc.constant('__proto__')), tie('any')), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).any;

const indent = fc.constantFrom(null, 0, 2, 4);

describe('what Python wrote', () => {
  test('is written again byte for byte', () => {
    expect(writePythonJson(parseJsonExactly(written))).toBe(written);
  });

  test('on one line has a space after each comma and colon', () => {
    expect(writePythonJson({ a: [1, {}], b: { c: 0.5 } }, null)).toBe('{"a": [1, {}], "b": {"c": 0.5}}');
  });

  test('without indentation still has its lines', () => {
    expect(writePythonJson([1, [2]], 0)).toBe('[\n1,\n[\n2\n]\n]');
  });
});

test('a float of Python stays one where it is whole', () => {
  const floats = [1, -0, 0.5, 1e16, Number.NaN].map((value) => new PythonFloat(value));
  expect(writePythonJson([1, ...floats], null)).toBe('[1, 1.0, -0.0, 0.5, 1e+16, NaN]');
});

describe('any value', () => {
  test('comes back exactly when it is read', () => {
    fc.assert(
      fc.property(json, indent, (value, spaces) => {
        expect(parseJsonExactly(writePythonJson(value, spaces))).toEqual(value);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test('is ASCII, and with no special number what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), indent, (value, spaces) => {
        const text = writePythonJson(value, spaces);
        expect(text).toMatch(/^[\n -~]*$/);
        expect(JSON.parse(text)).toEqual(value);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test('keeps the order of its keys', () => {
    const keys = ['version', 'b', 'a', '__proto__', 'constructor'];
    const object = Object.fromEntries(keys.map((key) => [key, 1]));
    expect(Object.keys(parseJson(writePythonJson(object)) as object)).toEqual(keys);
  });

  test('says only what is its own, and nothing for undefined', () => {
    const object = Object.create({ inherited: 1 }, { hidden: { value: 2, enumerable: false } });
    expect(writePythonJson({ object, gone: undefined }, null)).toBe('{"object": {}}');
  });
});

describe('refused is', () => {
  test('the 201st level, and a value that holds itself; 200 levels are fine', () => {
    const nest = (depth: number): unknown => (depth === 0 ? 1 : [nest(depth - 1)]);
    expect(parseJson(writePythonJson(nest(200)))).toEqual(nest(200));
    expect(() => writePythonJson(nest(201))).toThrow('nested more than 200 levels deep');
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(() => writePythonJson(loop)).toThrow(ModelValidationError);
  });

  test.each([
    [new Date(0), 'of the kind Date'],
    [new Map(), 'of the kind Map'],
    [new Uint8Array(2), 'of the kind Uint8Array'],
    [undefined, 'of the kind undefined'],
    [() => 1, 'of the kind function'],
    [Symbol.iterator, 'of the kind symbol'],
  ])('what JSON has no word for, rather than lost: %s', (value, kind) => {
    for (const holder of [value, [value], { inner: [value] }]) {
      expect(() => writePythonJson(holder)).toThrow(ModelValidationError);
      expect(() => writePythonJson(holder)).toThrow(kind);
    }
  });
});
