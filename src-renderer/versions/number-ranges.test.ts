import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostValues, type NumbersMet, rangesFor } from './number-ranges.ts';

const show = { label: 'Reward', short: String, exact: String };

function met(values: readonly number[]): NumbersMet {
  return {
    min: Math.min(...values),
    max: Math.max(...values),
    whole: values.every(Number.isInteger),
    distinct: new Set(values.slice(0, mostValues + 1)),
  };
}

const upTo = (count: number, by: number) => Array.from({ length: count }, (_, index) => (index * by) / 100);

test('a few values need no ranges, many get some of a round length', () => {
  expect(rangesFor(met(upTo(mostValues, 1)))).toBeNull();
  expect(rangesFor(met(upTo(101, 1)))?.step).toBe(0.1);
  expect(rangesFor(met(upTo(101, 300)))?.step).toBe(50);
});

test('a range says where it begins and ends; of whole numbers it names the last', () => {
  const fractions = rangesFor(met(upTo(101, 1)));
  expect([fractions?.words(2, show), fractions?.words(-1, show)]).toEqual([
    'Reward 0.2 to < 0.3',
    'Reward -0.1 to < 0',
  ]);
  expect(rangesFor(met(upTo(101, 1000)))?.words(1, show)).toBe('Reward 100 to 199');
});

test('a number on the edge of two ranges is in the one that it begins', () => {
  const ranges = rangesFor(met(upTo(101, 1)));
  for (let index = -10; index <= 10; index += 1) expect(ranges?.indexOf(index / 10)).toBe(index);
});

test('every number lies in its range, and there are never very many ranges', () => {
  const numbers = fc.array(fc.double({ noNaN: true, min: -1e200, max: 1e200 }), { minLength: 30 });
  fc.assert(
    fc.property(numbers, (values) => {
      const ranges = rangesFor(met(values));
      if (!ranges) return;
      const indices = new Set<number>();
      for (const value of values) {
        const index = ranges.indexOf(value);
        indices.add(index);
        expect(ranges.low(index)).toBeLessThanOrEqual(value);
        expect(ranges.low(index + 1)).toBeGreaterThan(value);
      }
      expect(indices.size).toBeLessThanOrEqual(14);
    }),
  );
});
