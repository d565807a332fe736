import type { FrameworkName, WrittenBy } from '../contents.ts';
import type { Value } from '../pickle/value.ts';
import { shortVersion } from '../short-version.ts';
import { bestOfCallbacks, bestsOfCallbacks, rankingOfCallbacks } from './model-checkpoints.ts';

type Entries = ReadonlyMap<Value, Value>;

/**
 * What only one framework has at the top, without what later versions added: `_get_checkpoint_dict` of the learner, sample_factory/algo/learning/learner.py;
 * save_model of ultralytics/engine/trainer.py; get_full_state_weights of rl_games/common/a2c_common.py;
 * state_dict of fairseq/trainer.py; train.py of nanoGPT.
 */
const byKeys: readonly (readonly [FrameworkName, readonly string[]])[] = [
  ['sample-factory', ['train_step', 'env_steps', 'model', 'optimizer']],
  ['ultralytics', ['epoch', 'best_fitness', 'model', 'train_args']],
  ['rl-games', ['epoch', 'frame', 'last_mean_rewards', 'model']],
  ['fairseq', ['model', 'optimizer_history', 'extra_state']],
  ['nanogpt', ['model', 'model_args', 'iter_num', 'best_val_loss']],
];

/** The framework that puts these keys at the top of a checkpoint; null for keys that anybody may choose. */
export function writtenBy(entries: Entries): WrittenBy | null {
  const version = entries.get('pytorch-lightning_version');
  if (typeof version === 'string') {
    const bests = bestsOfCallbacks(entries);
    const own = {
      framework: 'lightning',
      version: shortVersion(version),
      best: bestOfCallbacks(entries),
      chose: rankingOfCallbacks(entries),
    } as const;
    return bests.length > 0 ? { ...own, bests } : own;
  }
  const [framework] = byKeys.find(([, keys]) => keys.every((key) => entries.has(key))) ?? [];
  const own = framework === 'ultralytics' ? entries.get('version') : null;
  return framework === undefined
    ? null
    : { framework, version: typeof own === 'string' ? shortVersion(own) : null, best: null };
}
