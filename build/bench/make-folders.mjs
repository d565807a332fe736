/**
 * Makes runs as frameworks leave them, of many small versions: 1,610 folders `checkpoint_N/`, 1,000 files `rl_model_*_steps.zip`, and a folder
 * of 1,000 runs of 100 versions each.
 */

import { randomFillSync } from 'node:crypto';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { makeRun } from './make-run.mjs';
import { torchFile } from './torch-file.mjs';

/** As large as models of such runs that people have published, in bytes. */
const sizes = { checkpointFolders: 250_000, zoo: 146_000 };

/** @param {string} folder @param {number} count */
export function makeCheckpointFolders(folder, count) {
  const bytes = modelOf(sizes.checkpointFolders);
  for (let index = 1; index <= count; index += 1) {
    const own = join(folder, `checkpoint_${index * 1000}`);
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'model.zip'), bytes);
    const rewards = Array.from({ length: 100 }, (_, episode) => Math.sin(index + episode) + index / count);
    const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
    const state = {
      current_step: index * 1000,
      reward_stats: { count: rewards.length, mean, std: 0.5, variance: 0.25 },
      rewards_history: rewards,
      session_id: 'session_1',
      timestamp: new Date(Date.UTC(2025, 2, 3) + index * 60_000).toISOString().slice(0, 19),
    };
    writeFileSync(join(own, 'training_state.json'), JSON.stringify(state));
  }
}

/** @param {string} folder @param {number} count */
export function makeZooRun(folder, count) {
  const bytes = modelOf(sizes.zoo);
  mkdirSync(folder, { recursive: true });
  for (let index = 1; index <= count; index += 1)
    writeFileSync(join(folder, `rl_model_${index * 10_000}_steps.zip`), bytes);
  copyFileSync(join(root, 'e2e/fixtures/sb3-run/evaluations.npz'), join(folder, 'evaluations.npz'));
}

/** @param {string} folder @param {number} runs @param {number} versions of each */
export function makeRuns(folder, runs, versions) {
  for (let index = 0; index < runs; index += 1)
    makeRun(join(folder, `sweep_${Math.floor(index / 100)}`, `run_${index}`), { versions, seed: index + 1 });
}

/** @param {number} bytes */
function modelOf(bytes) {
  const data = randomFillSync(Buffer.alloc(bytes));
  return Buffer.concat(torchFile('model', [{ key: '0', data }], {}, 0));
}
