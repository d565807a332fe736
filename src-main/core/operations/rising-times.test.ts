import { expect, test } from 'vitest';
import { risingTimes } from './rising-times.ts';

test('nothing was made before what came before it, and a time that is still to come, or none, tells nothing', () => {
  expect(risingTimes([5, 2, 7, 99, 8, Number.NaN], 10)).toEqual([5, 5, 7, 7, 8, 8]);
  expect(risingTimes([99, 3], 10)).toEqual([Number.NEGATIVE_INFINITY, 3]);
  expect(risingTimes([])).toEqual([]);
});
