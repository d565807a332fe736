import { describe, expect, test } from 'vitest';
import { stringifyJson } from '../../../shared/model/json.ts';
import { tensorStatisticsSchema } from '../../../shared/model/tensor-statistics.ts';
import type { Tensor } from '../formats/contents.ts';
import { measureTensors } from './measure-tensors.ts';
import {
  allTypes,
  float32,
  float64,
  naiveElements,
  naiveStatistics,
  randomTensor,
  tensorOf,
} from './naive.fixture.ts';

const measure = async (tensor: Tensor) => (await measureTensors([tensor]))[0];

/** Within 1e-6 relative, as the contract says; integers and what is not finite exactly. */
function expectClose(actual: unknown, expected: number | bigint, note: string): void {
  if (typeof expected === 'bigint') expect(BigInt(actual as bigint), note).toBe(expected);
  else if (!Number.isFinite(expected)) expect(actual, note).toBe(expected);
  else expect(Math.abs((actual as number) - expected), note).toBeLessThanOrEqual(1e-6 * Math.abs(expected));
}

describe('statistics are those of the logical elements', () => {
  test.each(allTypes)('of %s, whatever shape, strides, offset and byte order', async (dtype) => {
    for (let seed = 1; seed <= 60; seed += 1) await expectNaive(seed, dtype);
  });

  async function expectNaive(seed: number, dtype: string): Promise<void> {
    const { tensor, bytes } = randomTensor(seed, dtype);
    const expected = naiveStatistics(naiveElements(tensor, bytes));
    const actual = await measure(tensor);
    const { count, nan, posinf, neginf, zeros } = expected;
    expect(actual, `seed ${seed}`).toMatchObject({ count, nan, posinf, neginf, zeros });
    if (count === nan + posinf + neginf) return;
    expectClose(actual?.min, expected.min, `min, seed ${seed}`);
    expectClose(actual?.max, expected.max, `max, seed ${seed}`);
    // Squares of the largest float64 overflow, here as in numpy; which of NaN and Infinity comes of it is not promised.
    if (!Number.isFinite(expected.l2)) return;
    expectClose(actual?.l2, expected.l2, `l2, seed ${seed}`);
    const scale = expected.l2 / Math.sqrt(count);
    expect(Math.abs((actual?.mean ?? 0) - expected.mean), `mean, seed ${seed}`).toBeLessThanOrEqual(
      1e-12 * scale,
    );
    expect(Math.abs((actual?.std ?? 0) - expected.std), `std, seed ${seed}`).toBeLessThanOrEqual(
      1e-9 * scale,
    );
  }
});

test('an element that is repeated by stride 0 counts each time, and a million million of them cost nothing', async () => {
  const tensor = tensorOf('float32', [1_000_000, 1_000_000], float32([2]), { stride: [0, 0] });
  expect(await measure(tensor)).toEqual({
    count: 1e12,
    nan: 0,
    posinf: 0,
    neginf: 0,
    zeros: 0,
    min: 2,
    max: 2,
    mean: 2,
    std: 0,
    l2: 2e6,
  });
});

test('elements that overlap without end are not walked', async () => {
  const bytes = Buffer.alloc(4 * 2_000_000);
  expect(await measure(tensorOf('float32', [1e6, 1e6], bytes, { stride: [1, 1] }))).toBeNull();
});

test('whole numbers past 2^53 keep every digit', async () => {
  const bytes = Buffer.from(BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n, 5n).buffer);
  expect(await measure(tensorOf('int64', [3], bytes))).toMatchObject({
    min: -(2n ** 63n),
    max: 2n ** 63n - 1n,
  });
  expect(await measure(tensorOf('uint64', [1], Buffer.alloc(8, 255)))).toMatchObject({ min: 2n ** 64n - 1n });
});

test('statistics survive as JSON, whatever they are', async () => {
  for (const { dtype, bytes } of [
    { dtype: 'int64', bytes: Buffer.from(BigInt64Array.of(2n ** 62n).buffer) },
    { dtype: 'float64', bytes: float64([1.7e308]) },
    { dtype: 'float64', bytes: float64([Number.NaN]) },
  ]) {
    const json = stringifyJson(await measure(tensorOf(dtype, [1], bytes)));
    expect(tensorStatisticsSchema.safeParse(JSON.parse(json)).error).toBeUndefined();
  }
});

test('a small deviation around a large mean is not lost in rounding', async () => {
  const values = Array.from({ length: 100_000 }, (_, index) => 1e9 + (index % 2));
  expect((await measure(tensorOf('float64', [values.length], float64(values))))?.std).toBeCloseTo(0.5, 9);
});

test('no elements, or none that are finite, have no extremes and no mean', async () => {
  const nothing = { min: null, max: null, mean: null, std: null, l2: null };
  expect(await measure(tensorOf('float32', [0, 4], Buffer.alloc(0)))).toMatchObject({ count: 0, ...nothing });
  const lost = tensorOf('float32', [2], float32([Number.NaN, -Infinity]));
  expect(await measure(lost)).toMatchObject({ count: 2, nan: 1, neginf: 1, ...nothing });
});

test.each([
  ['more elements than its storage holds', tensorOf('float32', [3], float32([1, 2]))],
  ['an offset beyond it', tensorOf('float32', [1], float32([1]), { offset: 1 })],
  ['strides beyond it', tensorOf('float32', [2], float32([1, 2]), { stride: [2] })],
  ['a negative stride', tensorOf('float32', [2], float32([1, 2]), { stride: [-1], offset: 1 })],
  ['a size past 2^53', tensorOf('float32', [2 ** 60], float32([1, 2]))],
  ['a type without numbers', tensorOf('qint8', [1], float32([1]))],
  ['no bytes', { ...tensorOf('float32', [1], float32([1])), data: null }],
])('a tensor with %s is not measured', async (_, tensor) => {
  expect(await measure(tensor)).toBeNull();
});

test('an aborted measurement throws the reason', async () => {
  const tensor = tensorOf('float32', [1], float32([1]));
  await expect(measureTensors([tensor], { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
    'enough',
  );
});
