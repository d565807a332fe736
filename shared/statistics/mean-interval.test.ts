import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanInterval, sampleOf } from './mean-interval.ts';
import { normalQuantile } from './normal.ts';
import { studentQuantile } from './student-t.ts';

// The two-sided 95 % column of the table that every book prints, and the closed forms of 1 and 2 degrees of freedom.
test.each([
  [1, Math.tan(0.475 * Math.PI)],
  [2, 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2))],
  [3, 3.182_446_305_284_263],
  [5, 2.570_581_835_636_314],
  [10, 2.228_138_851_986_274],
  [23, 2.068_657_610_419_041],
  [30, 2.042_272_456_301_238],
])('with %d degrees of freedom t is %d', (freedom, t) => {
  expect(Math.abs(studentQuantile(0.95, freedom) - t)).toBeLessThan(1e-12 * t);
});

test('with many degrees of freedom it is the normal quantile', () => {
  expect(studentQuantile(0.95, 200_000)).toBeCloseTo(normalQuantile(0.975), 4);
});

test('an interval is as textbooks have it', () => {
  const sample = sampleOf([1, 2, 3, 4, 5]);
  expect(sample).toEqual({ count: 5, mean: 3, deviation: Math.sqrt(2.5) });
  const { low, high } = meanInterval(sample ?? { count: 0, mean: 0, deviation: 0 });
  // 3 ± 2.776 · 1.5811 / √5
  expect([low, high].map((bound) => bound.toFixed(4))).toEqual(['1.0368', '4.9632']);
});

test('fewer than two values, or one that is not finite, make no sample', () => {
  for (const values of [[], [1], [1, Number.NaN], [Infinity, 1, 2]]) expect(sampleOf(values)).toBeNull();
});

test('an interval holds its mean, moves and grows with its values', () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(values, fc.double({ min: 0.5, max: 9, noNaN: true }), (given, factor) => {
      const of = (list: number[]) => {
        const sample = sampleOf(list);
        return sample ? { ...meanInterval(sample), mean: sample.mean } : { low: 0, high: 0, mean: 0 };
      };
      const plain = of(given);
      const grown = of(given.map((value) => value * factor));
      expect(plain.low <= plain.mean && plain.mean <= plain.high).toBe(true);
      expect(grown.high - grown.low).toBeCloseTo((plain.high - plain.low) * factor, 3);
    }),
    { seed: 1 },
  );
});
