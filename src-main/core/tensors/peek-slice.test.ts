import { expect, test } from 'vitest';
import type { StorageBytes } from '../formats/contents.ts';
import { seededRandom } from '../formats/fixtures/bytes.ts';
import { positionalSource } from '../formats/source.ts';
import { countBins } from './histogram.ts';
import { float32, float64, naiveElements, randomTensor, tensorOf } from './naive.fixture.ts';
import { mostPeeked, peekSlice } from './peek-slice.ts';

test('a slice has the elements that are there, whatever type and strides', async () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const { tensor, bytes } = randomTensor(seed);
    const random = seededRandom(seed);
    const ranges = tensor.shape.map((size) => {
      const from = random(size + 1);
      return { from, to: from + random(size - from + 1) };
    });
    const peek = await peekSlice(tensor, ranges);
    const all = naiveElements(tensor, bytes);
    const inside = indexesIn(tensor.shape, ranges).map((index) => all[index]);
    const plain = (value: unknown) => (Array.isArray(value) ? value : [value]).map((part) => Number(part));
    expect(peek?.values.map(plain), `seed ${seed}`).toEqual(inside.map(plain));
    expect(peek?.shape, `seed ${seed}`).toEqual(ranges.map(({ from, to }) => to - from));
  }
});

/** Row-major places within the whole of all elements of a slice. */
function indexesIn(shape: readonly number[], ranges: readonly { from: number; to: number }[]): number[] {
  let places = [0];
  for (const [depth, { from, to }] of ranges.entries()) {
    places = places.flatMap((place) =>
      Array.from({ length: to - from }, (_, index) => place * (shape[depth] ?? 1) + from + index),
    );
  }
  return places;
}

test('a corner of a large tensor is read without what lies between', async () => {
  const tensor = tensorOf('float32', [1000, 1000], Buffer.alloc(4_000_000));
  await peekSlice(tensor, [
    { from: 0, to: 10 },
    { from: 0, to: 10 },
  ]);
  expect(tensor.data?.source.bytesRead).toBeLessThan(50_000);
});

test('of a tensor that is kept column by column, columns are read', async () => {
  const bytes = float32(Array.from({ length: 500 * 500 }, (_, index) => index));
  const tensor = tensorOf('float32', [500, 500], bytes, { stride: [1, 500] });
  let reads = 0;
  const { source } = tensor.data as StorageBytes;
  const data = {
    ...(tensor.data as StorageBytes),
    source: positionalSource('a', source.size, (offset, length) => {
      reads += 1;
      return source.read(offset, length);
    }),
  };
  const peek = await peekSlice({ ...tensor, data }, [
    { from: 3, to: 103 },
    { from: 7, to: 107 },
  ]);
  expect(peek?.values.slice(0, 3)).toEqual([7 * 500 + 3, 8 * 500 + 3, 9 * 500 + 3]);
  expect(reads).toBeLessThanOrEqual(100);
});

test('nothing is gone through where a slice is empty', async () => {
  const tensor = tensorOf('float32', [1e9, 0], Buffer.alloc(0));
  const peek = await peekSlice(tensor, [
    { from: 0, to: 1e9 },
    { from: 0, to: 0 },
  ]);
  expect(peek).toEqual({ shape: [1e9, 0], values: [] });
});

test.each([
  ['outside the tensor', [{ from: 0, to: 3 }]],
  ['backwards', [{ from: 2, to: 1 }]],
  ['of other dimensions', []],
  ['in the middle of elements', [{ from: 0.5, to: 1 }]],
])('a slice %s is refused', async (_, ranges) => {
  await expect(peekSlice(tensorOf('float32', [2], float32([1, 2])), ranges)).rejects.toThrow(RangeError);
});

test('more elements than anybody looks at are refused', async () => {
  const size = mostPeeked + 1;
  const tensor = tensorOf('float32', [size], Buffer.alloc(4 * size));
  await expect(peekSlice(tensor, [{ from: 0, to: size }])).rejects.toThrow(RangeError);
});

test('a histogram has every finite number in one bin', async () => {
  const values = [0, 0.25, 0.5, 1, 1, Number.NaN, Infinity];
  const tensor = tensorOf('float64', [7], float64(values));
  expect(await countBins(tensor, { scale: 'linear', bins: 2, min: 0, max: 1 })).toEqual([
    { from: 0, to: 0.5, count: 2 },
    { from: 0.5, to: 1, count: 3 },
  ]);
  expect(await countBins(tensor, { scale: 'linear', bins: 3, min: 1, max: 1 })).toMatchObject([
    { count: 2 },
    {},
    {},
  ]);
});

test('a histogram of magnitudes has a bin for each power of two', async () => {
  const values = [0, 1, -1.5, 2 - 2 ** -52, 8, 5e-324, 1.7976931348623157e308];
  const bins = (await countBins(tensorOf('float64', [7], float64(values)), { scale: 'magnitude' })) ?? [];
  expect(bins.filter(({ count }) => count > 0).map(({ from, count }) => [from, count])).toEqual([
    [5e-324, 1],
    [1, 3],
    [8, 1],
    [2 ** 1023, 1],
  ]);
});

test('repeated elements count each time, and nothing is counted of nothing', async () => {
  const repeated = tensorOf('float32', [1e6, 1e6], float32([3]), { stride: [0, 0] });
  expect(await countBins(repeated, { scale: 'magnitude' })).toEqual([{ from: 2, to: 4, count: 1e12 }]);
  expect(await countBins(tensorOf('float32', [0], Buffer.alloc(0)), { scale: 'magnitude' })).toEqual([]);
});

test('complex numbers are counted by their magnitudes, as statistics measure them', async () => {
  const tensor = tensorOf('complex64', [4], float32([3, 4, 0, -5, 0, 0, Number.NaN, 1]));
  expect(await countBins(tensor, { scale: 'magnitude' })).toEqual([{ from: 4, to: 8, count: 2 }]);
  expect(await countBins(tensor, { scale: 'linear', bins: 2, min: 0, max: 5 })).toEqual([
    { from: 0, to: 2.5, count: 1 },
    { from: 2.5, to: 5, count: 2 },
  ]);
});

test('each magnitude falls under its own power of two, to the last bit', async () => {
  const least = (exponent: number) => Math.max(Number.MIN_VALUE, 2 ** exponent * Number.EPSILON);
  for (let exponent = -1073; exponent <= 1023; exponent += 1) {
    const edge = 2 ** exponent;
    const values = [edge, -edge - least(exponent), edge - least(exponent - 1), -0];
    const bins = await countBins(tensorOf('float64', [4], float64(values)), { scale: 'magnitude' });
    expect(bins, `2^${exponent}`).toEqual([
      { from: edge / 2, to: edge, count: 1 },
      { from: edge, to: 2 * edge, count: 2 },
    ]);
  }
});
