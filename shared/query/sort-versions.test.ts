import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeVersion } from '../model/version.fixture.ts';
import { compareNumbers, compareVersions } from './sort-versions.ts';

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

test('versions are ordered by number, and those without one by name after them', () => {
  const versions = [
    makeVersion({ id: 'b10', version: null }),
    makeVersion({ id: 'v10', version: 10 }),
    makeVersion({ id: 'b9', version: null }),
    makeVersion({ id: 'v9', version: 9 }),
  ];
  expect(versions.sort(compareVersions).map(({ id }) => id)).toEqual(['v9', 'v10', 'b9', 'b10']);
});
