import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringifyJson } from './json.ts';
import type { TrainingState } from './model-state.ts';
import { trainingStateFromDict, trainingStateToDict } from './training-state-dict.ts';

const initial = {
  global_step: 0,
  global_episode: 0,
  global_update: 0,
  global_cycle: 0,
  current_lr: null,
  lr_schedule_state: null,
  best_reward: -Infinity,
  best_reward_update: 0,
  recent_rewards: [],
  total_timesteps: 0,
  wall_time_seconds: 0,
};

test('a training state that says nothing is the one that the reference begins with, in its order', () => {
  expect(Object.entries(trainingStateToDict({}))).toEqual(Object.entries(initial));
  expect(trainingStateFromDict({})).toEqual({ value: initial });
});

test('what is said stays, in the order of the reference, and strangers come after it', () => {
  const dict = trainingStateToDict({ mine: [1], wall_time_seconds: 1.5, global_step: 3 });
  expect(Object.keys(dict)).toEqual([...Object.keys(initial), 'mine']);
  expect(dict).toEqual({ ...initial, global_step: 3, wall_time_seconds: 1.5, mine: [1] });
});

test('it survives our own JSON, with its infinities and NaN', () => {
  const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity));
  const state = fc.record(
    {
      global_step: fc.nat(),
      current_lr: fc.option(number),
      best_reward: number,
      recent_rewards: fc.array(number, { maxLength: 5 }),
      wall_time_seconds: number,
      mine: fc.string(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(state, (given) => {
      const dict = trainingStateToDict(given as TrainingState);
      const read = trainingStateFromDict(JSON.parse(stringifyJson(dict)));
      expect(positiveZero(read)).toEqual(positiveZero({ value: dict }));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('one that is wrong is refused with every fault', () => {
  expect(trainingStateFromDict({ best_reward: 'high', recent_rewards: [1, 'x'], global_step: 1.5 })).toEqual({
    problems: [
      'global_step: must be a whole number, not 1.5',
      'best_reward: cannot be a text',
      'recent_rewards.1: cannot be a text',
    ],
  });
  expect(trainingStateFromDict(null)).toEqual({
    problems: ['training_state: must be an object, not null'],
  });
});

/** JSON.stringify writes -0 as 0. */
function positiveZero(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(positiveZero);
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, positiveZero(inner)]));
}
