import { expect, test } from 'vitest';
import { sparklineGaps, sparklinePoints } from './sparkline-points.ts';

test('values span the box, the highest at the top', () => {
  expect(sparklinePoints([0, 10, 5], 100, 20)).toBe('0.0,19.0 50.0,1.0 100.0,10.0');
});

test('NaN leaves a gap and equal values a level line', () => {
  expect(sparklinePoints([1, Number.NaN, 3], 10, 10)).toBe('0.0,9.0 10.0,1.0');
  expect(sparklinePoints([2, 2, 2], 10, 10)).toBe('0.0,5.0 5.0,5.0 10.0,5.0');
});

test('what is not a number is marked in its place, and what is missing is not', () => {
  expect(sparklineGaps([1, Number.NaN, null, 3, Number.NaN], 40, 10)).toBe('M10.0 0V10M40.0 0V10');
  expect(sparklineGaps(Array(100_000).fill(Number.NaN), 20, 10).split('M')).toHaveLength(22);
});

test('where there is no value its place stays free', () => {
  expect(sparklinePoints([null, null, 1, 3], 30, 10)).toBe('20.0,9.0 30.0,1.0');
});

test('of very many values the outermost of each pixel are drawn, those that stand out among them', () => {
  const values = Array.from({ length: 100_000 }, (_, index) => (index === 51_234 ? 9 : Math.sin(index)));
  const points = sparklinePoints(values, 120, 30).split(' ');
  expect(points.length).toBeLessThanOrEqual(240);
  expect(points).toContainEqual(expect.stringMatching(/^61\.5,1\.0$/));
});
