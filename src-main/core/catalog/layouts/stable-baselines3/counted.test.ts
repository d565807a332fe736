import { describe, expect, test } from 'vitest';
import { countedByBuffer, countedByStatistics } from './counted.ts';

const model = { num_timesteps: 10_000, n_envs: 4 };

describe('VecNormalize statistics', () => {
  const saved = { num_envs: 4, training: true, norm_obs: true, obs_rms: { count: 10_004.0001 } };

  test('fit the step that they were saved with, and say nothing where they count nothing', () => {
    expect(countedByStatistics(saved, model)?.fits).toBe(true);
    for (const other of [
      { training: false },
      { norm_obs: false },
      { obs_rms: null },
      { obs_rms: 'numpy(…)' },
    ])
      expect(countedByStatistics({ ...saved, obs_rms: { count: 9 }, ...other }, model)).toBeNull();
    expect(countedByStatistics({}, {})).toBeNull();
  });

  test('of another step say what they have seen, and which steps that fits', () => {
    const counted = (count: number) => countedByStatistics({ ...saved, obs_rms: { count } }, model);
    expect(counted(20_004.0001)).toMatchObject({
      fits: false,
      words: 'have seen 20,004 observations, and it was trained for 10,000 steps',
    });
    expect(counted(20_004.0001)?.steps).toContain(20_000);
    expect([5004, 9200, 10_904].map((count) => counted(count)?.fits)).toEqual([false, true, true]);
  });
});

describe('a replay buffer', () => {
  const saved = { n_envs: 4, pos: 2499, full: false };

  test('fits the step that it was saved with, and says nothing once it is full', () => {
    expect([2499, 2500].map((pos) => countedByBuffer({ ...saved, pos }, model)?.fits)).toEqual([true, true]);
    expect(countedByBuffer({ ...saved, pos: 3, full: true }, model)).toBeNull();
    expect(countedByBuffer({}, {})).toBeNull();
  });

  test('of another step says what it holds, and which steps that fits', () => {
    const counted = countedByBuffer({ ...saved, pos: 4999 }, model);
    expect(counted).toMatchObject({
      fits: false,
      words: 'holds 19,996 steps, and it was trained for 10,000 steps',
    });
    expect(counted?.steps).toContain(20_000);
    expect(countedByBuffer({ ...saved, pos: 0 }, model)?.words).toContain('holds 0 steps');
  });
});
