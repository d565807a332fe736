import { expect, test } from 'vitest';
import { addMoments, type Moments, measureBlock } from './moments.ts';

const float64 = { leastNormal: 2 ** -1022, nearOverflow: Number.MAX_VALUE / 2 };

function measure(values: Float64Array): Moments {
  const half = values.length >> 1;
  const parts = [values.subarray(0, half), values.subarray(half)];
  const [one, other] = parts.map((part) => measureBlock(part, part.length, float64));
  if (!one || !other) throw new Error('there are two parts');
  return addMoments(one, other);
}

test('numbers that are all the same do not scatter, whatever their sum is rounded to', () => {
  for (const value of [0.1, 1 / 3, 1e10 / 3, -0.7]) {
    const { mean, spread } = measure(new Float64Array(70_000).fill(value));
    expect([mean, spread]).toEqual([value, 0]);
  }
});

test('a scatter that is small beside the mean is as it is worked out in full digits', () => {
  // numpy.std of 1e8 + [0, 1, 2, 3] / 8, many times over: sqrt(5) / 16.
  const values = Float64Array.from({ length: 40_000 }, (_, index) => 1e8 + (index % 4) / 8);
  const { mean, spread, count } = measure(values);
  expect([mean, Math.sqrt(spread / count)]).toEqual([1e8 + 0.1875, expect.closeTo(Math.sqrt(5) / 16, 14)]);
});

test('what is beyond float64 when squared, and none, make no NaN of it', () => {
  const { mean, spread } = measure(Float64Array.of(1e200, 3e200, 1e200, 3e200));
  expect([mean, spread]).toEqual([2e200, Number.POSITIVE_INFINITY]);
  expect(measure(new Float64Array(0))).toMatchObject({ mean: 0, spread: 0 });
});
