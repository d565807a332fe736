import { claimByNames } from '../claim-by-names.ts';
import type { Layout, NamedState } from '../layout.ts';

const saved = /^checkpoint_(0|[1-9]\d{0,14})$/;
/** What else is kept in msgpack is data. */
const packed = /(?:^|[^a-z])(?:models?|params|state|checkpoints?|ckpt|weights?|flax)(?![a-z]).*\.msgpack$/i;
const isModel = (name: string) => saved.test(name) || packed.test(name);

/** What `save_checkpoint` leaves: `checkpoint_{step}`, and `checkpoint_{step}tmp` while it saves. flax/training/checkpoints.py */
export const flax: Layout = {
  id: 'flax',
  name: 'Flax',
  writes: 'flax',
  isModel,
  isLeftover: (name) => /^checkpoint_\d{1,15}tmp$/.test(name),
  readName,
  recognise: (signs) => claimByNames(signs, isModel, 'are named checkpoint_STEP, or end in .msgpack'),
};

function readName(name: string): NamedState | null {
  const [, step] = saved.exec(name) ?? [];
  if (step === undefined) return null;
  return { version: Number(step), step: Number(step), episode: null, metrics: [], isBest: false };
}
