import { describe, expect, test } from 'vitest';
import type { Tensor } from '../formats/contents.ts';
import { seededRandom } from '../formats/fixtures/bytes.ts';
import { type Comparison, compareTensors } from './compare-tensors.ts';
import { rowMajorStrides } from './layout.ts';
import { allTypes, float32, naiveElements, randomTensor, tensorOf } from './naive.fixture.ts';

const compare = async (a: Tensor, b: Tensor) => (await compareTensors([{ a, b }], {}))[0];

/** The textbook's sums over pairs of elements; equal ones are no distance apart, be they infinite or NaN. */
function naiveComparison(a: readonly (number | bigint)[][], b: readonly (number | bigint)[][]) {
  const apart = a.map((element, index) => {
    const parts = element.map((part, at) => distance(part, b[index]?.[at] ?? 0));
    return parts.length === 2 ? Math.hypot(...parts) : (parts[0] ?? 0);
  });
  const numbers = (elements: readonly (number | bigint)[][]) => elements.flat().map(Number);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const [allA, allB] = [numbers(a), numbers(b)];
  // In parts of the largest: squares of 1e200 are beyond float64.
  const partsOf = (values: readonly number[]) => {
    const largest = Math.max(...values.map(Math.abs)) || 1;
    return { largest, parts: values.map((value) => value / largest) };
  };
  const [l2, ownA, ownB] = [apart, allA, allB].map((all) => {
    const { largest, parts } = partsOf(all);
    return largest * Math.sqrt(sum(parts.map((value) => value * value)));
  });
  const [inA, inB] = [partsOf(allA), partsOf(allB)];
  return {
    l2: l2 ?? 0,
    relative: (l2 ?? 0) / (ownA ?? 0),
    cosine:
      sum(inA.parts.map((value, index) => value * (inB.parts[index] ?? 0))) /
      ((ownA ?? 0) / inA.largest) /
      ((ownB ?? 0) / inB.largest),
    furthest: Math.max(0, ...apart),
    changed:
      a.filter((element, index) => element.some((part, at) => !Object.is(norm(part), norm(b[index]?.[at]))))
        .length / a.length,
  };
}

const norm = (part: number | bigint | undefined) => (part === 0 ? 0 : part);
const distance = (a: number | bigint, b: number | bigint) => {
  if (typeof a === 'bigint' && typeof b === 'bigint') return Math.abs(Number(b - a));
  return Object.is(norm(a), norm(b)) ? 0 : Math.abs(Number(b) - Number(a));
};

function expectNear(actual: Comparison, expected: Comparison, note: string): void {
  for (const name of ['l2', 'relative', 'cosine', 'furthest', 'changed'] as const) {
    const [one, other] = [actual[name] ?? Number.NaN, expected[name] ?? Number.NaN];
    const isNear = Object.is(one, other) || Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(other));
    expect(isNear || !Number.isFinite(other), `${name} ${one} ${other}, ${note}`).toBe(true);
  }
}

/** Another layout of the same shape with elements that differ in some places. */
function relative(tensor: Tensor, bytes: Buffer, seed: number): { tensor: Tensor; bytes: Buffer } {
  const random = seededRandom(seed);
  const width =
    bytes.length === 0
      ? 1
      : tensor.bytes /
          Math.max(
            1,
            tensor.shape.reduce((a, b) => a * b, 1),
          ) || 1;
  const count = tensor.shape.reduce((product, size) => product * size, 1);
  const other = Buffer.from(
    Array.from({ length: count * width }, (_, at) => (random(3) === 0 ? random(256) : (bytes[at] ?? 0))),
  );
  const stride =
    random(2) === 0 ? rowMajorStrides(tensor.shape) : rowMajorStrides(tensor.shape.toReversed()).reverse();
  return { tensor: tensorOf(tensor.dtype, tensor.shape, other, { stride }), bytes: other };
}

test.each(allTypes)(
  '%s: differences are those of the logical elements, however either lies',
  async (dtype) => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const a = randomTensor(seed, dtype);
      if (a.tensor.shape.includes(0)) continue;
      const b = relative(a.tensor, a.bytes, seed);
      const found = await compare(a.tensor, b.tensor);
      const expected = naiveComparison(naiveElements(a.tensor, a.bytes), naiveElements(b.tensor, b.bytes));
      if (found === 'same' || !found)
        expect({ found, changed: expected.changed }).toEqual({ found: 'same', changed: 0 });
      else expectNear(found, expected, `seed ${seed}`);
    }
  },
);

describe('of two tensors', () => {
  test('the same bytes are the same, NaN among them', async () => {
    const values = float32([1, Number.NaN, -0]);
    expect(
      await compare(tensorOf('float32', [3], values), tensorOf('float32', [3], Buffer.from(values))),
    ).toBe('same');
  });

  test('another type may hold the same values', async () => {
    const a = tensorOf('float32', [2], float32([1, 2]));
    const b = tensorOf('int8', [2], Buffer.from([1, 2]));
    expect(await compare(a, b)).toMatchObject({ l2: 0, changed: 0, cosine: expect.closeTo(1, 12) });
  });

  test('whole numbers that float64 cannot tell apart are told apart', async () => {
    const of = (value: bigint) => tensorOf('int64', [1], Buffer.from(BigInt64Array.of(value).buffer));
    expect(await compare(of(2n ** 60n), of(2n ** 60n + 1n))).toMatchObject({
      l2: 1,
      furthest: 1,
      changed: 1,
      relative: 2 ** -60,
    });
    const float = tensorOf('float64', [1], Buffer.from(Float64Array.of(2 ** 60).buffer));
    expect(await compare(of(2n ** 60n + 3n), float)).toMatchObject({ l2: 3, changed: 1 });
  });

  test.each([1e200, 1e-200, 1e-310])(
    'lengths are right where squares are beyond float64: %s',
    async (unit) => {
      const of = (...values: number[]) =>
        tensorOf('float64', [3], Buffer.from(Float64Array.from(values, (value) => value * unit).buffer));
      const found = await compare(of(3, 0, 4), of(3, 12, 4));
      expect(found).toMatchObject({
        relative: expect.closeTo(2.4, 6),
        cosine: expect.closeTo(5 / 13, 6),
        changed: 1 / 3,
      });
      expect((found as Comparison).l2 / unit).toBeCloseTo(12, 6);
    },
  );

  test('so they are where blocks of either kind come together, and where a distance is beyond it', async () => {
    const length = 100_000;
    const of = (first: number, last: number) => {
      const values = new Float64Array(length);
      values[0] = first;
      values[length - 1] = last;
      return tensorOf('float64', [length], Buffer.from(values.buffer));
    };
    const found = (await compare(of(1e-250, 3e160), of(2e-250, 6e160))) as Comparison;
    expect([found.l2 / 3e160, found.relative, found.cosine]).toEqual(
      [1, 1, 1].map((it) => expect.closeTo(it, 9)),
    );
    const apart = (await compare(of(1.5e308, 1e300), of(-1.5e308, 1e300))) as Comparison;
    expect(apart).toMatchObject({
      furthest: Infinity,
      relative: expect.closeTo(2, 9),
      cosine: expect.closeTo(-1, 9),
    });
  });

  test('a weight that became NaN makes the distance NaN; an infinity in both does not', async () => {
    const a = tensorOf('float32', [2], float32([1, -Infinity]));
    expect(await compare(a, tensorOf('float32', [2], float32([Number.NaN, -Infinity])))).toMatchObject({
      l2: Number.NaN,
      furthest: Number.NaN,
      changed: 0.5,
    });
    expect(await compare(a, tensorOf('float32', [2], float32([3, -Infinity])))).toMatchObject({
      l2: 2,
      furthest: 2,
      relative: null,
      cosine: null,
    });
  });

  test('repeated elements count each time', async () => {
    const of = (value: number) => tensorOf('float32', [1e6, 1e6], float32([value]), { stride: [0, 0] });
    expect(await compare(of(1), of(3))).toEqual({ l2: 2e6, relative: 2, cosine: 1, furthest: 2, changed: 1 });
  });

  test('two that repeat in different directions without end are not walked', async () => {
    const bytes = Buffer.alloc(4 * 1e6);
    const a = tensorOf('float32', [1e6, 1e6], bytes, { stride: [0, 1] });
    expect(await compare(a, tensorOf('float32', [1e6, 1e6], bytes, { stride: [1, 0] }))).toBeNull();
  });

  test('nothing is relative to zero', async () => {
    const a = tensorOf('float32', [1], float32([0]));
    expect(await compare(a, tensorOf('float32', [1], float32([2])))).toMatchObject({
      relative: null,
      cosine: null,
    });
  });
});
