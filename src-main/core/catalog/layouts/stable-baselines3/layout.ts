import { claimByNames } from '../claim-by-names.ts';
import type { Claim, Layout, NamedState, RunSigns } from '../layout.ts';
import { companions } from './companions.ts';

const saved = /_\d+_steps\.zip$/;
const best = 'best_model.zip';

/**
 * What CheckpointCallback and EvalCallback leave: `{prefix}_{steps}_steps.zip` with its companions, `best_model.zip` and `evaluations.npz`.
 * stable_baselines3/common/callbacks.py
 */
export const stableBaselines3: Layout = {
  id: 'stable-baselines3',
  name: 'stable-baselines3',
  writes: 'stable-baselines3',
  companions,
  readName,
  recognise,
};

/** What the callback for evaluations keeps. */
function readName(name: string): NamedState | null {
  return name === best ? { step: null, episode: null, metrics: [], isBest: true } : null;
}

function recognise(signs: RunSigns): Claim | null {
  const named = claimByNames(signs, (name) => saved.test(name), 'are named PREFIX_N_steps.zip');
  const claim = named ?? claimByBest(signs);
  return claim && { ...claim, ...(signs.has(best) ? { best } : {}) };
}

function claimByBest({ ids, has }: RunSigns): Claim | null {
  if (!ids.includes(best) || !has('evaluations.npz')) return null;
  return { sureness: 'likely', why: `it has ${best} beside evaluations.npz` };
}
