import { completeDict, readNumber, withNumbers } from './complete-dict.ts';
import type { JsonObject } from './json.ts';
import { jsonObject } from './json-schemas.ts';
import { type TrainingState, type Validated, validateTrainingState } from './model-state.ts';
import { referenceFloats } from './reference-floats.ts';

/**
 * A training state as the reference writes it: its keys in its order, with its defaults; unknown keys after them. Source: the
 * reference's TrainingState.
 */
export function trainingStateToDict(state: TrainingState): JsonObject {
  return completeDict(state, defaultTrainingState());
}

/** A training state from a file of any generation, or from our own JSON, where NaN and ±Infinity are texts. */
export function trainingStateFromDict(dict: unknown): Validated<TrainingState> {
  const { data } = jsonObject.safeParse(dict);
  if (!data) return validateTrainingState(dict);
  const state = withNumbers(completeDict(data, defaultTrainingState()), referenceFloats);
  const rewards = state['recent_rewards'];
  if (Array.isArray(rewards)) state['recent_rewards'] = rewards.map(readNumber);
  return validateTrainingState(state);
}

function defaultTrainingState(): JsonObject {
  return {
    global_step: 0,
    global_episode: 0,
    global_update: 0,
    global_cycle: 0,
    current_lr: null,
    lr_schedule_state: null,
    best_reward: Number.NEGATIVE_INFINITY,
    best_reward_update: 0,
    recent_rewards: [],
    total_timesteps: 0,
    wall_time_seconds: 0,
  };
}
