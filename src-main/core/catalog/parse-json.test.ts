import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModelValidationError } from '../errors.ts';
import { seededRandom } from '../formats/fixtures/bytes.ts';
import { parseJson, parseJsonExactly } from './parse-json.ts';

const valid = fc.json({ maxDepth: 5 });
const number = fc.constantFrom(Number.NaN, Infinity, -Infinity);

/** As Python's json.dump writes it. */
function dump(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(dump).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${dump(inner)}`)
    .join(', ')}}`;
}

test('plain JSON is read exactly as JSON.parse reads it', () => {
  fc.assert(
    fc.property(valid, (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
    { seed: 1, numRuns: 500 },
  );
});

describe('what Python writes', () => {
  test('is read with NaN and the infinities in any place', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        number,
        fc.constantFrom(0.5, -1, 'NaN', '-Infinity', '"NaN"\\', 'say "Infinity", NaN', '#NaN', null, true),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'NaN', '__proto__x', '"', '#'), tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    fc.assert(
      fc.property(value, (original) => {
        expect(parseJson(dump(original))).toEqual(original);
        expect(parseJsonExactly(dump(original))).toEqual(original);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test('keeps a key called __proto__ a key', () => {
    const value = parseJson('{"__proto__": {"checksum": "x"}, "reward": NaN}') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'reward']);
    expect(value['checksum']).toBeUndefined();
  });

  test.each([
    '{NaN: 1}',
    '{"a": 1, -Infinity: 2}',
    '[-NaN]',
    '[+Infinity]',
    '[NaN NaN]',
    '[1NaN]',
    '[nan]',
    'NaNNaN',
    '[NaN,]',
  ])('%s is refused, as Python itself refuses it', (text) => {
    expect(() => parseJson(text)).toThrow(ModelValidationError);
  });
});

describe('whole numbers read exactly', () => {
  test('keep every digit, whatever their size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (seed) => {
        const { value } = parseJsonExactly(`{"value": ${seed}, "text": "${seed}"}`) as Record<
          string,
          unknown
        >;
        expect(String(value)).toBe(String(seed));
        expect(typeof value).toBe(Number.isSafeInteger(Number(seed)) ? 'number' : 'bigint');
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test.each(['00012345678901234567890', '{12345678901234567890: 1}', '12345678901234567890NaN'])(
    '%s is still no JSON',
    (text) => {
      expect(() => parseJsonExactly(text)).toThrow(ModelValidationError);
    },
  );

  test('are plain numbers past the digits that Python reads, and where they have a fraction', () => {
    expect(parseJsonExactly('9'.repeat(5000))).toBe(Number.POSITIVE_INFINITY);
    expect(parseJsonExactly('12345678901234567890.5')).toBe(Number('12345678901234567890.5'));
  });
});

describe('an attack', () => {
  test('of 201 levels is refused, 200 are not; brackets within texts are no levels', () => {
    const nest = (depth: number) =>
      `${' '.repeat(5000)}${'['.repeat(depth)}"${']}[{'.repeat(300)}"${']'.repeat(depth)}`;
    expect(() => parseJson(nest(201))).toThrow('nested more than 200 levels deep');
    expect(() => parseJsonExactly(nest(201))).toThrow('nested more than 200 levels deep');
    expect(parseJson(nest(200))).toBeInstanceOf(Array);
  });

  const length = 2 * 1024 * 1024;
  test.each([
    ['16 MB of escapes', `{"a": "${'\\n'.repeat(4 * length - 16)}", "b": NaN}`, true],
    ['a text of escaped quotes without an end', `{"a": "${'\\"'.repeat(length / 2 - 16)}`, false],
    ['backslashes', `{"a": "${'\\'.repeat(length - 16)}", "b": NaN}`, true],
    ['number signs', `{"a": "${'#'.repeat(length - 32)}", "b": NaN}`, true],
    ['digits', `[NaN,${'9'.repeat(length - 16)}]`, true],
    ['opening brackets', '['.repeat(length), false],
    ['empty texts', `[NaN${'""'.repeat(length / 2)}`, false],
    ['minuses', '-'.repeat(length), false],
  ])('of %s does not take minutes', (_what, text, fine) => {
    if (fine) expect(parseJson(text)).toBeTypeOf('object');
    else expect(() => parseJson(text)).toThrow(ModelValidationError);
  });
});

test('whatever the text is, it is read or refused with a one-line reason, and nothing else happens', () => {
  const random = seededRandom(4);
  Error.stackTraceLimit = 0;
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    ',',
    ':',
    'NaN',
    'Infinity',
    '-',
    '1e9',
    '0',
    ' ',
    '\n',
    'é',
    '\ud800',
    '\u0000',
    'null',
    '"a"',
    '"a":',
  ];
  const pick = () => pieces[random(pieces.length)];
  for (let count = 0; count < 50_000; count += 1) {
    const text = Array.from({ length: random(12) }, pick).join('');
    try {
      parseJson(text);
      JSON.parse(text.replace(/-?Infinity|NaN/g, '0'));
    } catch (error) {
      if (!(error instanceof ModelValidationError) || /[\n\r]/.test(error.message))
        throw new Error(`of ${JSON.stringify(text)}: ${error}`);
    }
  }
});

test('a byte order mark before it is passed over', () => {
  expect(parseJson('\ufeff{"reward": 0.5}')).toEqual({ reward: 0.5 });
  expect(() => parseJson('\ufeff\ufeff1')).toThrow(ModelValidationError);
});
