import { basename } from 'node:path';
import { environmentOf } from '../../../config/zoo-environment.ts';
import type { Claim, LackingShared, Layout, RunSigns, SharedNaming } from '../layout.ts';
import { isModelOfRun } from '../shared-models.ts';

const best = 'best_model.zip';
const inside = ['vecnormalize.pkl', 'config.yml', 'args.yml'];
/** What `save_trained_model` puts beside the last model, and what goes on with that alone. */
const buffer = 'replay_buffer.pkl';

/**
 * What stands in `{env}/` goes with all models of the run: how they were trained, and the statistics that the last save, or the last best,
 * left. rl_zoo3/exp_manager.py, `save_trained_model`; rl_zoo3/callbacks.py, `SaveVecNormalizeCallback`
 */
const shared: SharedNaming = {
  goWith: (id, path, root) =>
    path === buffer ? id === `${environmentOf(basename(root))}.zip` : isModelOfRun(id),
  names: [...inside, buffer],
  kinds: new Map([
    ['vecnormalize.pkl', 'vecnormalize'],
    [buffer, 'replay_buffer'],
  ]),
  lacking: lackingStatistics,
  paths: (root) => {
    const environment = environmentOf(basename(root));
    return environment === null ? [] : [...inside.map((name) => `${environment}/${name}`), buffer];
  },
};

/** A hyperparameter as YAML has it, in pairs or in a mapping; it may be a text of keywords. */
const normalizes = /(?:^|- )normalize(?:: +|\n +- +)(?!(?:false|null|no|~)\b)[^\s]/im;

function lackingStatistics({
  root,
  has,
  read,
}: Pick<RunSigns, 'root' | 'has' | 'read'>): LackingShared | null {
  const environment = environmentOf(basename(root));
  if (environment === null) return null;
  const [statistics, path] = [`${environment}/vecnormalize.pkl`, `${environment}/config.yml`];
  if (has(statistics) || !normalizes.test(read(path) ?? '')) return null;
  const problem = `it says that observations were normalised, and ${statistics}, which has the statistics, is missing`;
  return { kind: 'vecnormalize', path, problem };
}

/**
 * What rl-baselines3-zoo leaves in `{algo}/{env}_{run}`: what stable-baselines3 does, `{env}.zip` at the end, and how it was trained in
 * `{env}/config.yml` and `{env}/args.yml`. rl_zoo3/exp_manager.py
 */
export const rlZoo: Layout = {
  id: 'rl-zoo',
  name: 'RL Baselines3 Zoo',
  writes: 'stable-baselines3',
  shared,
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
