import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareNumbers, sortNewest } from './sort-versions.ts';

const order = fc.constantFrom<'asc' | 'desc'>('asc', 'desc');
const value = fc.oneof(fc.double(), fc.constantFrom(null, Number.NaN, Infinity, -Infinity, 0, -0));

test('numbers are sorted as numbers, in either direction', () => {
  const sorted = (direction: 'asc' | 'desc') =>
    [10, 9, -0.25, 100, 1e-9].sort((a, b) => compareNumbers(a, b, direction));
  expect(sorted('asc')).toEqual([-0.25, 1e-9, 9, 10, 100]);
  expect(sorted('desc')).toEqual([100, 10, 9, 1e-9, -0.25]);
});

test('NaN, the infinities and missing values come last in both directions', () => {
  fc.assert(
    fc.property(fc.array(value), order, (values, direction) => {
      const sorted = [...values].sort((a, b) => compareNumbers(a, b, direction));
      const finite = sorted.filter((each) => Number.isFinite(each)) as number[];
      expect(sorted.slice(0, finite.length)).toEqual(finite);
      expect(finite).toEqual([...finite].sort((a, b) => (direction === 'asc' ? a - b : b - a)));
    }),
    { seed: 1 },
  );
});

test('a list is newest first: by number, then time, step and name, and what has none of them comes last', () => {
  const at = (milliseconds: number, zoned = false) => ({ milliseconds, zoned });
  const versions = [
    { id: 'b10', number: null, time: null },
    { id: 'epoch 0', number: null, time: null, step: 10 },
    { id: 'epoch 1', number: null, time: null, step: 20 },
    { id: 'later', number: null, time: at(9) },
    { id: 'v10', number: 10, time: at(1) },
    { id: 'b9', number: null, time: null },
    { id: 'v9', number: 9, time: at(99) },
    { id: 'absolute', number: null, time: at(8, true) },
    { id: 'earlier', number: null, time: at(6) },
  ].map((version) => ({ step: null, ...version }));
  const ahead = { toMoment: (wall: number) => wall - 2 };
  expect(sortNewest(versions, ahead).map(({ id }) => id)).toEqual([
    ...['v10', 'v9', 'absolute', 'later', 'earlier', 'epoch 1', 'epoch 0', 'b9', 'b10'],
  ]);
});
