import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelKey } from './label-key.ts';

const sorted = (labels: readonly string[]) =>
  labels.toSorted((a, b) => (labelKey(a) < labelKey(b) ? -1 : Number(labelKey(a) > labelKey(b))));

test('values are in the order of their numbers, names in that of names', () => {
  const labels = [
    'lr=-1',
    'lr=1e-4, seed=3',
    'lr=0.003, seed=1',
    'lr=0.03, seed=2',
    'lr=0.03, seed=10',
    'lr=.1',
    'lr=3',
    'lr=adam2',
    'lr=adam10',
    'run_2',
    'run_10',
  ];
  expect(sorted(labels.toReversed())).toEqual(labels);
});

test('any two numbers are ordered as numbers', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (a, b) => {
        const [one, other] = [labelKey(`x=${a}`), labelKey(`x=${b}`)];
        expect(one < other).toBe(a < b);
      },
    ),
  );
});
