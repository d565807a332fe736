import { expect, test } from 'vitest';
import { mismatchesOfBuffer, mismatchesOfStatistics } from './mismatches.ts';

const space = (...shape: number[]) => ({ observation_space: { _shape: shape } });
const model = space(4);
const words = 'of observations of shape [3], and it takes [4]';

test('what goes with a model contradicts nothing where observations are the same, or not known', () => {
  for (const mismatchesOf of [mismatchesOfStatistics, mismatchesOfBuffer]) {
    expect(mismatchesOf(space(4), model)).toEqual([]);
    expect(mismatchesOf({}, {})).toEqual([]);
  }
});

test('VecNormalize statistics of another observation shape are told with both, but not those of frames that are stacked behind them', () => {
  expect(mismatchesOfStatistics(space(3), model)).toEqual([`are ${words}`]);
  const told = (own: number[], taken: number[]) => mismatchesOfStatistics(space(...own), space(...taken));
  expect(told([4], [16])).toEqual([]);
  expect(told([84, 84, 1], [4, 84, 84])).toEqual([]);
  expect(told([8], [4])).toHaveLength(1);
  expect(told([84, 84, 1], [4, 64, 64])).toHaveLength(1);
  expect(told([2, 2], [4])).toHaveLength(1);
});

test('a replay buffer of another observation shape is told with both', () => {
  expect(mismatchesOfBuffer(space(3), model)).toEqual([`is ${words}`]);
});
