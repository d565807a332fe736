import { type JsonObject, ownValue, toNumber } from './json.ts';
import type { TrainingState } from './model-state.ts';

const kept = 100;
const rewardNames = ['mean_reward', 'reward'];
const countNames = {
  global_step: ['global_step', 'step'],
  global_episode: ['global_episode', 'episode'],
  global_update: ['global_update', 'update'],
  global_cycle: ['global_cycle', 'cycle'],
  total_timesteps: ['total_timesteps'],
};
const numberNames = {
  current_lr: ['current_lr', 'learning_rate', 'lr'],
  wall_time_seconds: ['wall_time_seconds'],
};

/**
 * The training state after an update that measured these metrics: a new one, the given one stays as it is. Counts that are no
 * whole numbers are passed over. A reward that is not finite is remembered and never the best.
 */
export function updateFromMetrics(state: TrainingState, metrics: JsonObject): TrainingState {
  const counted: TrainingState = {
    ...state,
    ...take(metrics, countNames, isCount),
    ...take(metrics, numberNames, () => true),
  };
  const reward = firstNumber(metrics, rewardNames, () => true);
  return reward === null ? counted : addReward(counted, reward);
}

function addReward(state: TrainingState, reward: number): TrainingState {
  const recent_rewards = [...(state.recent_rewards ?? []), reward].slice(-kept);
  if (!Number.isFinite(reward) || reward <= bestSoFar(state)) return { ...state, recent_rewards };
  return { ...state, recent_rewards, best_reward: reward, best_reward_update: state.global_update ?? 0 };
}

/** NaN, which nothing exceeds, is no best. */
function bestSoFar({ best_reward = Number.NaN }: TrainingState): number {
  return Number.isNaN(best_reward) ? Number.NEGATIVE_INFINITY : best_reward;
}

function take(metrics: JsonObject, names: Record<string, string[]>, accepts: (value: number) => boolean) {
  const found = Object.entries(names).map(([key, spellings]): [string, number | null] => [
    key,
    firstNumber(metrics, spellings, accepts),
  ]);
  return Object.fromEntries(found.filter(([, value]) => value !== null));
}

/** The first of these that is a number. */
function firstNumber(
  metrics: JsonObject,
  names: string[],
  accepts: (value: number) => boolean,
): number | null {
  const values = names.map((name) => toNumber(ownValue(metrics, name)));
  return values.find((value) => value !== null && accepts(value)) ?? null;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
