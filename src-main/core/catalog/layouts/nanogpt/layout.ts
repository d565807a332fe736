import type { Layout } from '../layout.ts';

/** `ckpt.pt`, overwritten each time: a name that anybody may choose, so that only what is in it tells. train.py of nanoGPT */
export const nanoGpt: Layout = {
  id: 'nanogpt',
  name: 'nanoGPT',
  writes: 'nanogpt',
  recognise: () => null,
};
