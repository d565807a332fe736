import { basename } from 'node:path';
import { environmentOf } from '../../../config/zoo-environment.ts';
import type { Claim, Layout, RunSigns } from '../layout.ts';

const best = 'best_model.zip';

/**
 * What rl-baselines3-zoo leaves in `{algo}/{env}_{run}`: what stable-baselines3 does, `{env}.zip` at the end, and how it was trained in
 * `{env}/config.yml` and `{env}/args.yml`. rl_zoo3/exp_manager.py
 */
export const rlZoo: Layout = {
  id: 'rl-zoo',
  name: 'RL Baselines3 Zoo',
  writes: 'stable-baselines3',
  recognise,
};

function recognise({ ids, root, has }: RunSigns): Claim | null {
  const environment = environmentOf(basename(root));
  if (environment === null || ids.length === 0) return null;
  const found = ['config.yml', 'args.yml'].find((name) => has(`${environment}/${name}`));
  if (found === undefined) return null;
  const kept = has(best) ? { best } : {};
  return { sureness: 'likely', why: `it has ${found} in a folder of its environment`, ...kept };
}
