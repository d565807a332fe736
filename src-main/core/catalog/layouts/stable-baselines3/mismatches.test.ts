import { describe, expect, test } from 'vitest';
import { mismatchesOfBuffer, mismatchesOfStatistics } from './mismatches.ts';

const space = (...shape: number[]) => ({ observation_space: { _shape: shape } });
const model = { num_timesteps: 10_000, n_envs: 4, ...space(4) };
const shape = 'are of observations of shape [3], and it takes [4]';

describe('VecNormalize statistics', () => {
  const saved = { num_envs: 4, training: true, norm_obs: true, ...space(4), obs_rms: { count: 10_004.0001 } };

  test('of the same step and observations contradict nothing, nor do those that count nothing', () => {
    expect(mismatchesOfStatistics(saved, model)).toEqual([]);
    for (const other of [
      { training: false },
      { norm_obs: false },
      { obs_rms: null },
      { obs_rms: 'numpy(…)' },
    ])
      expect(mismatchesOfStatistics({ ...saved, obs_rms: { count: 9 }, ...other }, model)).toEqual([]);
    expect(mismatchesOfStatistics({}, {})).toEqual([]);
  });

  test('of another step are told with what they have seen', () => {
    const told = (count: number) => mismatchesOfStatistics({ ...saved, obs_rms: { count } }, model);
    const words = 'observations, and it was trained for 10,000 steps: one may be of another step or training';
    expect(told(20_004)).toEqual([`have seen 20,004 ${words}`]);
    expect(told(5004)).toEqual([`have seen 5,004 ${words}`]);
    expect([told(10_904), told(9200)]).toEqual([[], []]);
  });

  test('of another observation shape are told with both, but not those of frames that are stacked behind them', () => {
    expect(mismatchesOfStatistics({ ...saved, ...space(3) }, model)).toEqual([shape]);
    const told = (own: number[], taken: number[]) =>
      mismatchesOfStatistics({ ...saved, ...space(...own) }, { ...model, ...space(...taken) });
    expect(told([4], [16])).toEqual([]);
    expect(told([84, 84, 1], [4, 84, 84])).toEqual([]);
    expect(told([8], [4])).toHaveLength(1);
    expect(told([84, 84, 1], [4, 64, 64])).toHaveLength(1);
    expect(told([2, 2], [4])).toHaveLength(1);
  });
});

describe('a replay buffer', () => {
  const saved = { n_envs: 4, pos: 2499, full: false, ...space(4) };

  test('of the same step and observations contradicts nothing, nor does one that is full', () => {
    expect(mismatchesOfBuffer(saved, model)).toEqual([]);
    expect(mismatchesOfBuffer({ ...saved, pos: 2500 }, model)).toEqual([]);
    expect(mismatchesOfBuffer({ ...saved, pos: 3, full: true }, model)).toEqual([]);
    expect(mismatchesOfBuffer({}, {})).toEqual([]);
  });

  test('of another step is told with what it holds', () => {
    const words = 'steps, and it was trained for 10,000 steps: one may be of another step or training';
    expect(mismatchesOfBuffer({ ...saved, pos: 4999 }, model)).toEqual([`holds 19,996 ${words}`]);
    expect(mismatchesOfBuffer({ ...saved, pos: 0 }, model)).toEqual([`holds 0 ${words}`]);
  });

  test('of another observation shape is told with both', () => {
    expect(mismatchesOfBuffer({ ...saved, ...space(3) }, model)).toEqual([shape.replace('are', 'is')]);
  });
});
