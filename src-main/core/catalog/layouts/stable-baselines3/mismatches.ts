import { type JsonObject, objectOrNull, ownValue } from '../../../../../shared/model/json.ts';
import { formatCount } from '../../../formats/plain-text.ts';

/** What a pickle of stable-baselines3, or the member `data` of a model, says, as plain data. */
type Said = JsonObject;

/**
 * In what VecNormalize statistics contradict the model that they stand beside; what ends the sentence `its … are …`. They count an observation
 * of each environment at every step and at every reset; those that are frozen, or normalise none, count nothing. What stacks frames does so
 * behind them, so that a model may take several of theirs. stable_baselines3/common/vec_env/vec_normalize.py
 */
export function mismatchesOfStatistics(own: Said, model: Said): string[] {
  const [shape, taken] = [shapeOf(own), shapeOf(model)];
  const told: string[] = [];
  if (shape && taken && !isShape(taken, shape) && !isStacked(taken, shape))
    told.push(ofOtherShape('are of', shape, taken));
  const [seen, steps] = [numberAt(objectOrNull(ownValue(own, 'obs_rms') ?? null), 'count'), stepsOf(model)];
  const isCounting = own['training'] === true && own['norm_obs'] === true;
  if (!isCounting || seen === null || steps === null) return told;
  const allowed = Math.max(0.1 * steps, 100 * (numberAt(own, 'num_envs') ?? 1));
  if (Math.abs(seen - steps) > allowed)
    told.push(`have seen ${formatCount(Math.round(seen))} observations${ofOtherStep(steps)}`);
  return told;
}

/**
 * In what a replay buffer contradicts the model that it stands beside; what ends the sentence `its … is …`. Until it is full it has a place
 * for every step, less the one that is being taken. stable_baselines3/common/buffers.py, common/off_policy_algorithm.py
 */
export function mismatchesOfBuffer(own: Said, model: Said): string[] {
  const [shape, taken] = [shapeOf(own), shapeOf(model)];
  const told: string[] = [];
  if (shape && taken && !isShape(taken, shape)) told.push(ofOtherShape('is of', shape, taken));
  const [place, steps] = [numberAt(own, 'pos'), stepsOf(model)];
  if (own['full'] !== false || place === null || steps === null) return told;
  const environments = numberAt(own, 'n_envs') ?? 1;
  const held = place * environments;
  if (Math.abs(held - steps) > 2 * environments)
    told.push(`holds ${formatCount(held)} steps${ofOtherStep(steps)}`);
  return told;
}

const ofOtherShape = (are: string, shape: readonly number[], taken: readonly number[]): string =>
  `${are} observations of shape [${shape.join(', ')}], and it takes [${taken.join(', ')}]`;

const ofOtherStep = (steps: number): string =>
  `, and it was trained for ${formatCount(steps)} steps: one may be of another step or training`;

const stepsOf = (model: Said): number | null => numberAt(model, 'num_timesteps');

/** Of a space that is a box; spaces of several parts have none. */
function shapeOf(said: Said): number[] | null {
  const shape = ownValue(objectOrNull(ownValue(said, 'observation_space') ?? null), '_shape');
  const isShapeOfBox = Array.isArray(shape) && shape.length > 0;
  return isShapeOfBox && shape.every((each) => typeof each === 'number') ? (shape as number[]) : null;
}

const isShape = (one: readonly number[], other: readonly number[]): boolean => one.join() === other.join();

/** Whether one is the other with some of it side by side in one axis, wherever the channels are. */
function isStacked(taken: readonly number[], own: readonly number[]): boolean {
  if (taken.length !== own.length) return false;
  const [more, fewer] = [taken, own].map((shape) => shape.toSorted((a, b) => a - b)) as [number[], number[]];
  return product(more) % product(fewer) === 0 && more.every((size, axis) => size >= (fewer[axis] ?? 0));
}

const product = (shape: readonly number[]): number => shape.reduce((all, size) => all * size, 1);

function numberAt(said: Said | null, key: string): number | null {
  const value = ownValue(said, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
