import { claimByNames } from '../claim-by-names.ts';
import type { Claim, Layout, NamedState, RunSigns } from '../layout.ts';

const saved = /^model_(\d{7,15})\.pth$/;
const pointer = 'last_checkpoint';
const final = 'model_final.pth';

/**
 * `model_{iteration:07d}.pth`, `model_final.pth` at the end, and `last_checkpoint`, which names the one that it goes on from.
 * fvcore/common/checkpoint.py, Checkpointer and PeriodicCheckpointer
 */
export const detectron2: Layout = {
  id: 'detectron2',
  name: 'Detectron2',
  readName,
  recognise,
};

function readName(name: string, isBeside: (other: string) => boolean): NamedState | null {
  const iteration = saved.exec(name)?.[1];
  if (iteration === undefined || !isBeside(pointer)) return null;
  return { step: Number(iteration), episode: null, metrics: [], isBest: false };
}

function recognise(signs: RunSigns): Claim | null {
  if (!signs.has(pointer)) return null;
  const isOwn = (name: string) => saved.test(name) || name === final;
  const claim = claimByNames(signs, isOwn, `are named model_ITERATION.pth beside ${pointer}`);
  const named = signs.read(pointer)?.trim();
  const last = signs.ids.find((id) => id === named);
  return claim && { ...claim, ...(last === undefined ? {} : { last }) };
}
