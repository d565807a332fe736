import { bestNamed, fileName } from '../claim-by-names.ts';
import type { Claim, Layout, NamedState, RunSigns } from '../layout.ts';

const best = 'policy.pth';
const saved = /^checkpoint_(\d{1,15})\.pth$/;

/**
 * What the examples' `save_best_fn` and `save_checkpoint_fn` leave below `log/{task}/{algo}`: `policy.pth`, the best, and
 * `checkpoint_{epoch}.pth` or `checkpoint.pth`. examples/mujoco/mujoco_sac.py
 */
export const tianshou: Layout = {
  id: 'tianshou',
  name: 'Tianshou',
  writes: 'tianshou',
  readName,
  recognise,
};

/** Epochs are counted from 1. */
const firstSaved = ['checkpoint.pth', 'checkpoint_1.pth'];

/** Others give such names with steps in them: beside the best policy it is the epoch. That is the best where a checkpoint is beside it. */
function readName(name: string, isBeside: (other: string) => boolean): NamedState | null {
  if (name === best && firstSaved.some(isBeside))
    return { step: null, episode: null, metrics: [], isBest: true };
  const [, epoch] = saved.exec(name) ?? [];
  if (epoch === undefined || !isBeside(best)) return null;
  return { step: null, episode: null, metrics: [['epoch', Number(epoch)]], isBest: false };
}

function recognise({ ids }: RunSigns): Claim | null {
  const names = ids.map(fileName);
  if (!names.includes(best)) return null;
  const others = names.filter((name) => name === 'checkpoint.pth' || saved.test(name)).length;
  if (others === 0) return null;
  const isMost = (others + 1) * 2 >= names.length;
  const why = `it has ${best}, the best, beside ${names.includes('checkpoint.pth') ? 'checkpoint.pth' : 'checkpoint_EPOCH.pth'}`;
  return { sureness: isMost ? 'likely' : 'possible', why, ...bestNamed({ ids }, (name) => name === best) };
}
