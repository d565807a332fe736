import { basename, dirname, join } from 'node:path';
import { isFile, tryLookAt } from '../files/file-identity.ts';
import { environmentOf } from './zoo-environment.ts';

/** The files of RL Baselines3 Zoo that say how a run was trained: its hyperparameters, and what it was started with; null for what is not there. */
export interface ZooFiles {
  config: string | null;
  args: string | null;
}

/**
 * `{env}_{run}/{env}/config.yml` and `args.yml`, for a checkpoint in that run, or in a folder of it; null where neither is there.
 * rl_zoo3/exp_manager.py, `save_args` and `_save_config`
 */
export function findZoo(file: string): ZooFiles | null {
  const folder = dirname(file);
  for (const run of [folder, dirname(folder)]) {
    const environment = environmentOf(basename(run));
    if (environment === null) continue;
    const [config = null, args = null] = ['config.yml', 'args.yml'].map((name) => {
      const path = join(run, environment, name);
      return isFile(tryLookAt(path)) ? path : null;
    });
    if (config !== null || args !== null) return { config, args };
  }
  return null;
}
