import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairedDifference, summariseSeeds } from './seeds.ts';

/** Student's own table: hours of sleep gained by ten patients with each of two drugs (Biometrika 6, 1908). */
const dextro = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const laevo = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
const bySeed = (values: readonly number[]) => new Map(values.map((value, seed) => [seed, value]));
const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 });

test('the paired difference of Student’s sleep data is as it was published', () => {
  const found = pairedDifference(bySeed(dextro), bySeed(laevo));
  expect(found?.mean).toBeCloseTo(1.58, 10);
  expect(found?.std?.toFixed(3)).toBe('1.230');
  // R: t.test(laevo, dextro, paired = TRUE)
  expect(found?.ci95?.map((bound) => bound.toFixed(7))).toEqual(['0.7001142', '2.4598858']);
});

test('a mean and its interval are as R gives them', () => {
  const { mean, std, ci95, n } = summariseSeeds(dextro);
  expect([mean.toFixed(2), std?.toFixed(5), n]).toEqual(['0.75', '1.78901', 10]);
  // R: t.test(dextro)
  expect(ci95?.map((bound) => bound.toFixed(6))).toEqual(['-0.529780', '2.029780']);
});

test('one seed has a mean and no interval; what is not finite has none either', () => {
  expect(summariseSeeds([3])).toEqual({ mean: 3, std: null, ci95: null, n: 1 });
  expect(summariseSeeds([1, Number.NaN])).toEqual({ mean: Number.NaN, std: null, ci95: null, n: 2 });
  expect(summariseSeeds([1, Infinity])).toEqual({ mean: Infinity, std: null, ci95: null, n: 2 });
});

test('only seeds that both have are compared', () => {
  const base = new Map([
    [1, 10],
    [2, 20],
    [5, 7],
  ]);
  const other = new Map([
    [2, 21],
    [1, 13],
    [9, 0],
  ]);
  expect(pairedDifference(base, other)).toMatchObject({ mean: 2, n: 2 });
  expect(pairedDifference(base, new Map([[9, 0]]))).toBeNull();
});

test('a difference turned round has the other sign, and one to itself is nothing', () => {
  fc.assert(
    fc.property(
      numbers,
      fc.infiniteStream(fc.double({ min: -1e6, max: 1e6, noNaN: true })),
      (values, more) => {
        const other = values.map(() => more.next().value as number);
        const there = pairedDifference(bySeed(values), bySeed(other));
        const back = pairedDifference(bySeed(other), bySeed(values));
        expect(there?.mean).toBeCloseTo(-(back?.mean ?? 0), 6);
        expect(there?.std).toBeCloseTo(back?.std ?? 0, 6);
        expect(pairedDifference(bySeed(values), bySeed(values))).toMatchObject({
          mean: 0,
          std: 0,
          ci95: [0, 0],
        });
      },
    ),
    { seed: 1 },
  );
});

test('what is added to every seed moves the mean and no more', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: -1000, max: 1000 }), (values, by) => {
      const plain = summariseSeeds(values);
      const moved = summariseSeeds(values.map((value) => value + by));
      expect(moved.mean).toBeCloseTo(plain.mean + by, 6);
      expect(moved.std).toBeCloseTo(plain.std ?? 0, 6);
    }),
    { seed: 1 },
  );
});
