import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeVersion } from '../model/version.fixture.ts';
import { bestFirstOrder, compareNumbers, compareVersions, sortByMetric } from './sort-versions.ts';

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

test('sorting by a metric leaves what it was given alone, and orders ties by version', () => {
  const versions = [
    makeVersion({ id: 'three', version: 3, metrics: { sharpe: 1 } }),
    makeVersion({ id: 'none', version: 0 }),
    makeVersion({ id: 'nan', version: 1, metrics: { sharpe: Number.NaN } }),
    makeVersion({ id: 'two', version: 2, metrics: { sharpe: 1 } }),
    makeVersion({ id: 'top', version: 4, metrics: { sharpe: 2 } }),
  ];
  const before = [...versions];
  expect(sortByMetric(versions, 'sharpe', 'desc').map(({ id }) => id)).toEqual([
    'top',
    'two',
    'three',
    'none',
    'nan',
  ]);
  expect(sortByMetric(versions, 'sharpe', 'asc').map(({ id }) => id)).toEqual([
    'two',
    'three',
    'top',
    'none',
    'nan',
  ]);
  expect(versions).toEqual(before);
});

test('the best come first where high is good, and where low is good', () => {
  expect([bestFirstOrder('max'), bestFirstOrder('min')]).toEqual(['desc', 'asc']);
});
