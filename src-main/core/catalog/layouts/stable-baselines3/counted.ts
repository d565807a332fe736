import { type JsonObject, objectOrNull, ownValue } from '../../../../../shared/model/json.ts';
import { formatCount } from '../../../formats/plain-text.ts';
import type { Counted } from '../layout.ts';
import { numberAt, type Said } from './said.ts';

/** How often an environment may have been reset at the beginning of a training that went on, so that steps are told by a count. */
const mostResets = 10;

/**
 * VecNormalize statistics count an observation of each environment at every step and at every reset; those that are frozen, or normalise none,
 * count nothing. stable_baselines3/common/vec_env/vec_normalize.py
 */
export function countedByStatistics(own: Said, model: Said): Counted | null {
  const [seen, steps] = [numberAt(objectOrNull(ownValue(own, 'obs_rms') ?? null), 'count'), stepsOf(model)];
  const isCounting = own['training'] === true && own['norm_obs'] === true;
  if (!isCounting || seen === null || steps === null) return null;
  const environments = numberAt(own, 'num_envs') ?? 1;
  const allowed = Math.max(0.1 * steps, 100 * environments);
  return {
    fits: Math.abs(seen - steps) <= allowed,
    words: `have seen ${formatCount(Math.round(seen))} observations${trainedFor(steps)}`,
    steps: multiples(mostResets).map((resets) => Math.round(seen) - resets * environments),
  };
}

/**
 * Until it is full, a replay buffer has a place for every step, less the one that is being taken.
 * stable_baselines3/common/buffers.py, common/off_policy_algorithm.py
 */
export function countedByBuffer(own: Said, model: Said): Counted | null {
  const [place, steps] = [numberAt(own, 'pos'), stepsOf(model)];
  if (own['full'] !== false || place === null || steps === null) return null;
  const environments = numberAt(own, 'n_envs') ?? 1;
  const held = place * environments;
  return {
    fits: Math.abs(held - steps) <= 2 * environments,
    words: `holds ${formatCount(held)} steps${trainedFor(steps)}`,
    steps: multiples(2).map((taken) => held + taken * environments),
  };
}

const multiples = (most: number): number[] => Array.from({ length: most + 1 }, (_, index) => index);

const trainedFor = (steps: number): string => `, and it was trained for ${formatCount(steps)} steps`;

const stepsOf = (model: JsonObject): number | null => numberAt(model, 'num_timesteps');
