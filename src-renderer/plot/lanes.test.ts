import { expect, test } from 'vitest';
import { laneShare, laneY } from './lanes.ts';

test('a value that is the only one of its lane stands in the middle, others from end to end', () => {
  const rails = { top: 0, bottom: 100 };
  expect(laneY({ extent: { low: 5, high: 5 } }, rails, 5)).toBe(50);
  expect([0, 5, 10].map((value) => laneShare({ low: 0, high: 10 }, value))).toEqual([0, 0.5, 1]);
  expect(laneShare({ low: 0, high: 10 }, Number.NaN)).toBeNaN();
});
