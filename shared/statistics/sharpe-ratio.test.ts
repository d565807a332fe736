import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deflatedSharpe,
  expectedMaximum,
  minimumTrackRecord,
  probabilisticSharpe,
  type Returns,
  sharpeError,
} from './sharpe-ratio.ts';

const normal = { skewness: 0, kurtosis: 3 };

describe('the worked numbers of Bailey & López de Prado 2012', () => {
  // An annualised Sharpe ratio of 1.585 over two years of monthly returns of skewness −2.448 and kurtosis 10.164.
  const fund: Returns = { sharpe: 1.585 / Math.sqrt(12), periods: 24, skewness: -2.448, kurtosis: 10.164 };

  test('PSR(0) is 0.982 for normal returns, 0.913 for those that there were, 0.953 after a third year', () => {
    expect(probabilisticSharpe({ ...fund, ...normal }).toFixed(3)).toBe('0.982');
    expect(probabilisticSharpe(fund).toFixed(3)).toBe('0.913');
    expect(probabilisticSharpe({ ...fund, periods: 36 }).toFixed(3)).toBe('0.953');
  });

  test.each([
    ['daily', 252, normal, '2.73'],
    ['weekly', 52, normal, '2.83'],
    ['monthly', 12, normal, '3.24'],
    ['monthly, of skewness −0.72 and kurtosis 5.78,', 12, { skewness: -0.72, kurtosis: 5.78 }, '4.99'],
  ])('that a Sharpe ratio of 2 is above 1 takes %s returns of so many years', (_, perYear, shape, years) => {
    const root = Math.sqrt(perYear);
    const periods = minimumTrackRecord({ sharpe: 2 / root, ...shape }, 1 / root, 0.95);
    expect((periods / perYear).toFixed(2)).toBe(years);
  });
});

describe('the worked numbers of Bailey & López de Prado 2014', () => {
  // The best of N backtests has an annualised Sharpe ratio of 2.5 over five years of 250 days; the variance of all is ½ a year.
  const found: Returns = { sharpe: 2.5 / Math.sqrt(250), periods: 1250, skewness: -3, kurtosis: 10 };
  const variance = 0.5 / 250;

  test('the best of 100 without skill would have 0.1132 a day, and the deflated Sharpe ratio is 0.9004', () => {
    expect(expectedMaximum(variance, 100).toFixed(4)).toBe('0.1132');
    expect(deflatedSharpe(found, variance, 100).toFixed(4)).toBe('0.9004');
  });

  test('of 46 trials it would have been 0.9505, and of 88 with normal returns', () => {
    expect(deflatedSharpe(found, variance, 46).toFixed(4)).toBe('0.9505');
    expect(deflatedSharpe({ ...found, ...normal }, variance, 88).toFixed(4)).toBe('0.9505');
  });
});

test('a single trial is no choice: nothing is deflated', () => {
  const returns: Returns = { sharpe: 0.1, periods: 250, ...normal };
  expect(expectedMaximum(0.5, 1)).toBe(0);
  expect(deflatedSharpe(returns, 0.5, 1)).toBe(probabilisticSharpe(returns));
});

test('a Sharpe ratio that is not above the benchmark is never proven to be', () => {
  expect(minimumTrackRecord({ sharpe: 0.1, ...normal }, 0.1, 0.95)).toBe(Infinity);
});

const returns: fc.Arbitrary<Returns> = fc
  .record({
    sharpe: fc.double({ min: -1, max: 1, noNaN: true }),
    periods: fc.integer({ min: 2, max: 100_000 }),
    skewness: fc.double({ min: -5, max: 5, noNaN: true }),
    tail: fc.double({ min: 0.01, max: 30, noNaN: true }),
  })
  .map(({ tail, ...rest }) => ({ ...rest, kurtosis: 1 + rest.skewness ** 2 + tail }));

test('chances are chances, and more trials or more variance never make the best more certain', () => {
  const variances = fc.double({ min: 1e-6, max: 1, noNaN: true });
  fc.assert(
    fc.property(returns, variances, fc.integer({ min: 2, max: 1e6 }), (given, variance, trials) => {
      expect(sharpeError(given)).toBeGreaterThan(0);
      const chance = deflatedSharpe(given, variance, trials);
      expect(chance >= 0 && chance <= 1).toBe(true);
      expect(chance).toBeLessThanOrEqual(probabilisticSharpe(given));
      expect(deflatedSharpe(given, variance, trials + 1)).toBeLessThanOrEqual(chance + 1e-12);
      expect(deflatedSharpe(given, variance * 1.1, trials)).toBeLessThanOrEqual(chance + 1e-12);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('the minimum track record is where the chance reaches the confidence', () => {
  fc.assert(
    fc.property(returns, fc.double({ min: 0.6, max: 0.999, noNaN: true }), (given, confidence) => {
      fc.pre(given.sharpe > 0.01);
      const periods = minimumTrackRecord(given, 0, confidence);
      fc.pre(periods > 1.001);
      expect(probabilisticSharpe({ ...given, periods })).toBeCloseTo(confidence, 9);
    }),
    { seed: 2 },
  );
});

test('the expected maximum is near the true mean of the largest of N normal numbers', () => {
  // Known to four digits: E[max] of 10, 100 and 1,000 standard normal numbers is 1.5388, 2.5076, 3.2414.
  for (const [trials, mean] of [
    [10, 1.5388],
    [100, 2.5076],
    [1000, 3.2414],
  ] as const)
    expect(Math.abs(expectedMaximum(1, trials) - mean)).toBeLessThan(0.04);
});
