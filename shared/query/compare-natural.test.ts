import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareNatural, finiteOrNull } from './compare-natural.ts';

test('names are ordered as people count, not as computers spell', () => {
  const names = ['model_v10', 'model_v9', 'model_v2', 'model_v100', 'model_v02'];
  expect(names.sort(compareNatural)).toEqual([
    'model_v02',
    'model_v2',
    'model_v9',
    'model_v10',
    'model_v100',
  ]);
});

test('two names are equal only when they are the same text, so that no order depends on chance', () => {
  const name = fc.oneof(fc.string(), fc.constantFrom('a', 'A', 'á', 'a\u0301', 'v02', 'v2', 'v002', ''));
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(compareNatural(a, b) === 0).toBe(a === b);
      expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('NaN and the infinities count as no number', () => {
  const values = [0, -0.25, null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  expect(values.map(finiteOrNull)).toEqual([0, -0.25, null, null, null, null]);
});
