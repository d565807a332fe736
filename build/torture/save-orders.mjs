import { withBest, withCheckpoint, withFolder } from './predictions.mjs';
import { sha256, viewOf } from './run-files.mjs';
import { weightsOf } from './weights.mjs';

/** What is to be saved, and as what. @typedef {{ reward: number, seed: string, bytes: number }} Args */
/** @typedef {import('./run-files.mjs').View} View */

/** @param {string} folder of the run @param {Args & { kind: 'best' | 'checkpoint', unforeseen: boolean }} args */
export function save(folder, args) {
  const sum = sha256(weightsOf(args.seed, args.bytes));
  return {
    order: { call: 'save', args },
    predict: (/** @type {View} */ before) =>
      args.kind === 'best' ? withBest(before, viewOf(folder), sum) : withCheckpoint(before, sum),
  };
}

/** @param {string} folder of the run @param {Args} args */
export function saveFolder(folder, args) {
  const sumOf = (/** @type {string} */ seed) => sha256(weightsOf(seed, args.bytes));
  const [sum, beside] = [sumOf(args.seed), sumOf(`${args.seed} beside`)];
  return {
    order: { call: 'saveFolder', args },
    predict: (/** @type {View} */ before) => withFolder(before, viewOf(folder), sum, beside),
  };
}
