import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { judge, reward, versionsOf } from './judge-best.fixture.ts';

describe('an interval from single episodes', () => {
  const rewards = [1, 2, 3, 4, 5];
  const of = (evaluation_results: object, value = 3) =>
    judge(versionsOf([value, 1]), { metric: reward, sidecar: { evaluation_results } as JsonObject });

  test.each([
    ['a list of rewards', { episode_rewards: rewards }, '5 episodes on record'],
    [
      'a deviation as NumPy computes it',
      { std_reward: Math.SQRT2, episodes: 5 },
      'the deviation of 5 episodes on record',
    ],
  ])('from %s', (_, results, basis) => {
    const { interval } = of(results);
    expect(interval).toEqual({
      low: expect.closeTo(1.0368, 4),
      high: expect.closeTo(4.9632, 4),
      confidence: 0.95,
      basis,
    });
  });

  test('episodes of one seed are no measurements of their own where there are several seeds', () => {
    const mean_reward_per_seed = [1, 3, -0.5, 2, -0.4];
    const episode_rewards = mean_reward_per_seed.flatMap((value) => [value - 0.1, value + 0.1]);
    const { interval } = of({ mean_reward_per_seed, episode_rewards }, 1.02);
    // scipy.stats.t.interval(0.95, 4, numpy.mean(x), scipy.stats.sem(x))
    expect(interval).toMatchObject({
      low: expect.closeTo(-0.8638952394, 9),
      high: expect.closeTo(2.9038952394, 9),
      basis: '5 seeds on record',
    });
    // Of a single seed there are only its episodes.
    const one = of({ mean_reward_per_seed: [3], episode_rewards: rewards });
    expect(one.interval?.basis).toBe('5 episodes on record');
  });

  test('an evaluator that plays the same of each seed measured once', () => {
    const mean_reward_per_seed = [3, 3, 3];
    const { interval } = of({ mean_reward_per_seed, episode_rewards: [...rewards, ...rewards, ...rewards] });
    expect(interval).toMatchObject({
      low: expect.closeTo(1.0368, 4),
      basis: '5 episodes on record, the same of each seed',
    });
    const why = 'all seeds came to the very same, so nobody knows how far it scatters';
    for (const lists of [{}, { episode_rewards: [3, 2, 4, 3, 3, 3] }, { episode_rewards: [3, 3] }])
      expect(of({ mean_reward_per_seed, ...lists })).toMatchObject({ interval: null, interval_why: why });
    // Their mean in float64 is not 0.1.
    expect(of({ mean_reward_per_seed: [0.1, 0.1, 0.1] }, 0.1).interval_why).toBe(why);
  });

  test('the episodes that a training counted are not those of an evaluation', () => {
    const metrics = { mean_reward: 10, std_reward: 5, episodes: 20_000, n_episodes: 20_000 };
    const judged = (more: object) =>
      judge(versionsOf([10, 9]), { metric: reward, sidecar: { metrics: { ...metrics, ...more } } });
    expect(judged({})).toMatchObject({
      interval: null,
      interval_why: 'the record has a deviation, but not of how many episodes',
    });
    expect(judged({ n_eval_episodes: 20 }).interval?.basis).toBe('the deviation of 20 episodes on record');
  });

  test.each([
    [{}, 'the record has no values of single episodes'],
    [{ std_reward: 1 }, 'the record has a deviation, but not of how many episodes'],
    [{ std_reward: 1, episodes: 1 }, 'it takes two episodes or more, and a finite deviation'],
    [{ std_reward: Number.NaN, episodes: 9 }, 'it takes two episodes or more, and a finite deviation'],
    [{ episode_rewards: [3] }, 'it takes two episodes or more, all of them finite'],
    [{ episode_rewards: [1, 2, Infinity] }, 'it takes two episodes or more, all of them finite'],
    [{ episode_rewards: [1, 'x'] }, 'the values of its episodes are not all numbers'],
    [{ episode_rewards: [1, 2, 3] }, "the episodes on record average 2.000, which is not the metric's value"],
  ])('%j makes none, and says why', (results, why) => {
    expect(of(results)).toMatchObject({ interval: null, interval_why: why });
  });

  test('without a record there is none', () => {
    expect(judge(versionsOf([2, 1]), { metric: reward }).interval_why).toBe(
      'the record has no values of single episodes',
    );
  });
});
