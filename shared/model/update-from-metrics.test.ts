import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from './json.ts';
import { type TrainingState, validateTrainingState } from './model-state.ts';
import { updateFromMetrics } from './update-from-metrics.ts';

const start: TrainingState = Object.freeze({ best_reward: -Infinity, recent_rewards: [], global_update: 4 });

describe('a training state after an update', () => {
  test.each([
    ['global_step', { global_step: 5, step: 6 }, 5],
    ['global_step', { step: 6 }, 6],
    ['global_step', { global_step: 'none', step: 6 }, 6],
    ['global_episode', { episode: 2 }, 2],
    ['global_update', { update: 9 }, 9],
    ['global_cycle', { cycle: 1 }, 1],
    ['total_timesteps', { total_timesteps: 1e12 }, 1e12],
    ['current_lr', { current_lr: 0.1, lr: 0.2 }, 0.1],
    ['current_lr', { learning_rate: 0.3, lr: 0.2 }, 0.3],
    ['current_lr', { lr: 0.2 }, 0.2],
    ['wall_time_seconds', { wall_time_seconds: 1.5 }, 1.5],
  ] as [string, JsonObject, number][])('takes its %s from %j', (key, metrics, value) => {
    expect(updateFromMetrics(start, metrics)).toEqual({ ...start, [key]: value });
  });

  test.each([-1, 2.5, Number.NaN, Infinity, 'many', null, 2 ** 60])(
    'keeps its counts when a metric is %j',
    (step) => {
      expect(updateFromMetrics({ global_step: 3 }, { step })).toEqual({ global_step: 3 });
    },
  );

  test('is unchanged, strangers included, by metrics that say nothing of it', () => {
    const state = { ...start, mine: { deep: 1 } };
    expect(updateFromMetrics(state, { sharpe: 1, constructor: 2 })).toEqual(state);
  });

  test('never takes a value from a prototype', () => {
    expect(updateFromMetrics({}, Object.create({ step: 3, reward: 1 }) as JsonObject)).toEqual({});
  });
});

describe('a reward', () => {
  test('greater than the best becomes it, with the update it came from', () => {
    const state = updateFromMetrics(start, { mean_reward: 0.5, reward: 9, update: 7 });
    expect(state).toMatchObject({ best_reward: 0.5, best_reward_update: 7, recent_rewards: [0.5] });
    const later = updateFromMetrics(state, { reward: 0.5, update: 8 });
    expect(later).toMatchObject({ best_reward: 0.5, best_reward_update: 7, recent_rewards: [0.5, 0.5] });
  });

  test('that is the first is the best, whatever it is, also after a NaN', () => {
    for (const best_reward of [Number.NaN, -Infinity])
      expect(updateFromMetrics({ best_reward }, { reward: -1e300 }).best_reward).toBe(-1e300);
    expect(updateFromMetrics({}, { reward: -3 })).toEqual({
      recent_rewards: [-3],
      best_reward: -3,
      best_reward_update: 0,
    });
  });

  test.each([Number.NaN, Infinity, -Infinity, 'NaN', 'Infinity'])(
    'of %s is remembered and never the best',
    (reward) => {
      const state = updateFromMetrics({ ...start, best_reward: 1 }, { reward });
      expect(state).toEqual({ ...start, best_reward: 1, recent_rewards: [Number(reward)] });
    },
  );

  test('is remembered among the last hundred, and the best is the greatest finite one of all', () => {
    const reward = fc.oneof(fc.double({ noDefaultInfinity: false }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(reward, { maxLength: 130, size: 'max' }), (rewards) => {
        const state = rewards.reduce<TrainingState>(
          (before, value, update) => updateFromMetrics(before, { reward: value, update }),
          start,
        );
        const finite = rewards.filter(Number.isFinite);
        const [best = 0] = [...finite, -Infinity].sort((one, other) => other - one);
        expect(state.recent_rewards).toEqual(rewards.slice(-100));
        expect(state.best_reward).toBe(best);
        if (finite.length > 0) expect(state.best_reward_update).toBe(rewards.indexOf(best));
        expect(validateTrainingState(state)).toEqual({ value: state });
      }),
      { seed: 1, numRuns: 100 },
    );
    expect(start.recent_rewards).toEqual([]);
  });
});
