import { objectOrNull, ownValue } from '../../../../../shared/model/json.ts';
import type { Said } from './said.ts';

/**
 * In what VecNormalize statistics contradict the model that they stand beside; what ends the sentence `its … are …`. What stacks frames does so
 * behind them, so that a model may take several of theirs. stable_baselines3/common/vec_env/vec_normalize.py
 */
export function mismatchesOfStatistics(own: Said, model: Said): string[] {
  const [shape, taken] = [shapeOf(own), shapeOf(model)];
  const isOther = shape && taken && !isShape(taken, shape) && !isStacked(taken, shape);
  return isOther ? [ofOtherShape('are of', shape, taken)] : [];
}

/** In what a replay buffer contradicts the model that it stands beside; what ends the sentence `its … is …`. */
export function mismatchesOfBuffer(own: Said, model: Said): string[] {
  const [shape, taken] = [shapeOf(own), shapeOf(model)];
  return shape && taken && !isShape(taken, shape) ? [ofOtherShape('is of', shape, taken)] : [];
}

const ofOtherShape = (are: string, shape: readonly number[], taken: readonly number[]): string =>
  `${are} observations of shape [${shape.join(', ')}], and it takes [${taken.join(', ')}]`;

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
