import { plantIn } from './plant.mjs';

const training = 'src-main/core/training';
const lane = plantIn(`${training}/save-lane.ts`);
const saves = plantIn(`${training}/training-saves.ts`);
const manager = plantIn(`${training}/training-manager.ts`);

/** What is due, and what a training and its end lose of it. @type {import('./plant.mjs').Mutant[]} */
export const TRAINING = [
  lane('a save that throws takes along what waits', '.catch(() => undefined)'),
  saves(
    'an end does not wait for a state that is asked for',
    'this.#added = this.#added.then(',
    'return this.#added.then(',
  ),
  saves('a state that never comes holds up the end', 'await unlessAborted(signal, source)', 'await source()'),
  manager('what a hook throws is forgotten', '    if (thrown) throw thrown.error;\n'),
  manager(
    'patience begins anew after a resume',
    'idle: updatesSinceBest(resumed.version, progress.ranking)',
    'idle: 0',
  ),
];
