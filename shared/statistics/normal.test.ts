import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalCdf, normalQuantile } from './normal.ts';

/** How far apart two numbers are, as a share of the second. */
const apart = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));

describe('the normal distribution', () => {
  // To more digits than a double has, by another method: tables of the error function.
  test.each([
    [0, 0.5],
    [1, 0.841_344_746_068_542_9],
    [-1.96, 0.024_997_895_148_220_435],
    [-5, 2.866_515_718_791_939e-7],
    [-10, 7.619_853_024_160_525e-24],
    [-20, 2.753_624_118_606_233_7e-89],
  ])('at %d is %d', (x, chance) => {
    expect(apart(normalCdf(x), chance)).toBeLessThan(1e-13);
  });

  test('ends at 0 and 1, and knows no chance of NaN', () => {
    expect([-Infinity, Infinity, Number.NaN].map(normalCdf)).toEqual([0, 1, Number.NaN]);
    expect([0, 1, -0.1, 1.1, Number.NaN].map(normalQuantile)).toEqual([
      -Infinity,
      Infinity,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(Math.abs(normalQuantile(0.5))).toBeLessThan(1e-15);
  });

  test('its quantile takes it back, to 12 digits, down to the smallest chances', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 8, noNaN: true }), (x) => {
        expect(apart(normalCdf(normalQuantile(normalCdf(x))), normalCdf(x))).toBeLessThan(1e-12);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test('its quantile is exact in x, where a chance tells x at all', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 2, noNaN: true }), (x) => {
        expect(Math.abs(normalQuantile(normalCdf(x)) - x)).toBeLessThan(1e-12 * Math.max(1, Math.abs(x)));
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  test('it is symmetric and never falls', () => {
    const x = fc.double({ min: -37, max: 37, noNaN: true });
    fc.assert(
      fc.property(x, x, (a, b) => {
        expect(Math.abs(normalCdf(a) + normalCdf(-a) - 1)).toBeLessThan(1e-15);
        expect(normalCdf(Math.min(a, b))).toBeLessThanOrEqual(normalCdf(Math.max(a, b)));
      }),
      { seed: 3, numRuns: 2000 },
    );
  });
});

// What Python's statistics.NormalDist (3.12) says of them.
const chances = [
  [-7.5, 3.191891195797325e-14],
  [-6, 9.865876449133282e-10],
  [-4.2, 1.3345749015902797e-5],
  [-3, 0.0013498980316301035],
  [-2.51, 0.006036558080412646],
  [-2.5, 0.006209665325776159],
  [-1.7, 0.04456546275854306],
  [-1, 0.15865525393145707],
  [-0.6, 0.2742531177500736],
  [-0.05, 0.4800611941616275],
  [0.3, 0.6179114221889526],
  [0.9, 0.8159398746532405],
  [1.2815, 0.8999909500339163],
  [2.4999, 0.9937885816250553],
  [3.3, 0.9995165758576162],
  [5, 0.9999997133484282],
] as const;
const quantiles = [
  [1e-9, -5.9978070150076865],
  [1e-5, -4.2648907939228256],
  [0.001, -3.090232306167813],
  [0.02425, -1.9729610513118845],
  [0.1, -1.2815515655446008],
  [0.3, -0.5244005127080407],
  [0.49, -0.025068908258711057],
  [0.51, 0.025068908258711057],
  [0.7, 0.5244005127080407],
  [0.9, 1.2815515655446008],
  [0.975, 1.9599639845400536],
  [0.995, 2.5758293035489],
  [0.9999, 3.7190164854557084],
] as const;

test('it agrees with that of Python', () => {
  for (const [x, chance] of chances) expect(Math.abs(normalCdf(x) - chance)).toBeLessThan(1e-15);
  for (const [chance, x] of quantiles) expect(Math.abs(normalQuantile(chance) - x)).toBeLessThan(1e-12);
});
