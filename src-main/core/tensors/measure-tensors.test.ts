import { describe, expect, test } from 'vitest';
import { stringifyJson } from '../../../shared/model/json.ts';
import { tensorStatisticsSchema } from '../../../shared/model/tensor-statistics.ts';
import type { Tensor } from '../formats/contents.ts';
import { measureTensors } from './measure-tensors.ts';
import {
  allTypes,
  float32,
  float64,
  naiveDeadRows,
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
    expectClose(actual?.l1, expected.l1, `l1, seed ${seed}`);
    const scale = expected.l2 / Math.sqrt(count);
    expect(Math.abs((actual?.mean ?? 0) - expected.mean), `mean, seed ${seed}`).toBeLessThanOrEqual(
      1e-12 * scale,
    );
    expect(Math.abs((actual?.std ?? 0) - expected.std), `std, seed ${seed}`).toBeLessThanOrEqual(
      1e-9 * scale,
    );
  }
});

test.each([
  ['float32', float32([2 ** -126, 2 ** -127, -(2 ** -149), 0, 1]), 2],
  ['float64', float64([2 ** -1022, 2 ** -1074, 0, 1, 2]), 1],
  ['float16', Buffer.from([0x00, 0x04, 0xff, 0x03, 0x01, 0x80, 0x00, 0x80, 0x00, 0x3c]), 2],
  ['bfloat16', Buffer.from([0x80, 0x00, 0x7f, 0x00, 0x01, 0x80, 0x00, 0x80, 0x80, 0x3f]), 2],
  ['int8', Buffer.from([0, 1, 2, 3, 255]), 0],
])('numbers of %s that have lost digits by being small are counted', async (dtype, bytes, subnormals) => {
  expect(await measure(tensorOf(dtype, [5], bytes))).toMatchObject({ subnormals });
});

test.each([
  ['float16', Uint16Array.of(0x7bff, 0xfbff, 0x77ff, 0x7800, 0x7c00, 0x7e00), 3, 65504],
  ['bfloat16', Uint16Array.of(0x7f7f, 0xff7f, 0x7eff, 0x7f00, 0xff80, 0x7fc0), 3, (2 - 2 ** -7) * 2 ** 127],
  ['float32', Float32Array.of(3e38, -3e38, 1, 2, 3, Number.NaN), null, Math.fround(3e38)],
])(
  'finite numbers of %s beyond half of the largest are counted, where training overflows',
  async (dtype, values, near, largest) => {
    const bytes = Buffer.from(values.buffer);
    expect(await measure(tensorOf(dtype, [6], bytes))).toMatchObject({
      near_overflow: near,
      max_abs: largest,
    });
    const none = Buffer.alloc(bytes.length);
    expect(await measure(tensorOf(dtype, [6], none))).toMatchObject({
      near_overflow: near === null ? null : 0,
      max_abs: 0,
    });
  },
);

/** A random tensor of bytes, of which three in four are zero. */
function sparseTensor(seed: number): { tensor: Tensor; bytes: Buffer } {
  const { tensor, bytes: full } = randomTensor(seed, 'int8');
  const bytes = full.map((byte) => (byte < 64 ? byte : 0)) as Buffer;
  return { tensor: tensorOf('int8', tensor.shape, bytes, tensor as Tensor & { offset: number }), bytes };
}

test('rows of zeros are counted, whatever shape and strides, where rows lie one after another', async () => {
  const seeds = Array.from({ length: 1000 }, (_, index) => index + 1);
  const told = await Promise.all(
    seeds.map(async (seed) => (await measure(sparseTensor(seed).tensor))?.dead_rows),
  );
  for (const [index, rows] of told.entries()) {
    const { tensor, bytes } = sparseTensor(seeds[index] ?? 0);
    if (typeof rows === 'number')
      expect(rows, `seed ${seeds[index]}`).toBe(naiveDeadRows(tensor, naiveElements(tensor, bytes)));
  }
  expect(told.filter((rows) => typeof rows === 'number').length).toBeGreaterThan(100);
});

test('rows that are longer than a block, and more than a share, are counted as others are', async () => {
  const shape = [90, 100_003];
  const bytes = Buffer.alloc(90 * 100_003);
  for (const row of [0, 7, 41, 89]) bytes[row * 100_003 + 100_002] = 1;
  expect(await measure(tensorOf('uint8', shape, bytes))).toMatchObject({ dead_rows: 86, zeros: 9_000_266 });
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
    l1: 2e12,
    max_abs: 2,
    subnormals: 0,
    near_overflow: null,
    dead_rows: null,
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
    max_abs: 2n ** 63n,
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
  const nothing = { min: null, max: null, mean: null, std: null, l2: null, l1: null };
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
  ['a type without numbers', tensorOf('quint4x2', [1], float32([1]))],
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
