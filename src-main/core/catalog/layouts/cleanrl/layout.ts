import { basename } from 'node:path';
import { claimByNames } from '../claim-by-names.ts';
import type { Claim, Layout, RunSigns } from '../layout.ts';

const ending = '.cleanrl_model';
const folder = /^.+__.+__\d+__\d{9,11}$/s;
const isModel = (name: string) => name.endsWith(ending) && name.length > ending.length;

/** The one model that a script leaves at its end, `runs/{env}__{exp}__{seed}__{time}/{exp}.cleanrl_model`, of PyTorch or flax. cleanrl/ppo.py */
export const cleanRl: Layout = {
  id: 'cleanrl',
  name: 'CleanRL',
  writes: 'cleanrl',
  isModel,
  recognise: (signs) => claimByNames(signs, isModel, `end in ${ending}`) ?? claimByFolder(signs),
};

function claimByFolder({ ids, root }: RunSigns): Claim | null {
  if (ids.length === 0 || !folder.test(basename(root))) return null;
  return { sureness: 'possible', why: 'its folder is named ENV__EXPERIMENT__SEED__TIME' };
}
