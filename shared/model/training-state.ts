import { z } from 'zod';
import { anyNumber, jsonObject } from './json-schemas.ts';

const count = z.number().int().nonnegative().optional();

/**
 * Where the training stood when a version was saved. `best_reward` starts at -Infinity; `recent_rewards` are the last
 * 100; times are seconds. Unknown keys are kept. Source: the reference's TrainingState.
 */
export const trainingStateSchema = z.looseObject({
  global_step: count,
  global_episode: count,
  global_update: count,
  global_cycle: count,
  current_lr: anyNumber.nullable().optional(),
  lr_schedule_state: jsonObject.nullable().optional(),
  best_reward: anyNumber.optional(),
  best_reward_update: count,
  recent_rewards: z.array(anyNumber).optional(),
  total_timesteps: count,
  wall_time_seconds: anyNumber.optional(),
});
