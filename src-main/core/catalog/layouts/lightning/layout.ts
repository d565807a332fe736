import { claimByNames } from '../claim-by-names.ts';
import type { Layout, NamedState } from '../layout.ts';
import { pythonNumber, readNumber } from '../name-numbers.ts';

const ending = '.ckpt';
/** Metric and value; a `-` is between two of them, and may be in a metric's name or before a number. */
const pair = new RegExp(`([^=]+)=(${pythonNumber})(?:-|$)`, 'giy');

/**
 * What ModelCheckpoint leaves: `[PREFIX-]epoch=E-step=S[-METRIC=V].ckpt`, with `-v1` and on where the name was taken, `last.ckpt` as copy or
 * link, and `hpc_ckpt_N.ckpt` where a cluster stopped it. lightning/pytorch/callbacks/model_checkpoint.py
 */
export const lightning: Layout = {
  id: 'lightning',
  name: 'Lightning',
  writes: 'lightning',
  readName,
  recognise: (signs) => claimByNames(signs, (name) => readName(name) !== null, 'are named epoch=E-step=S'),
};

function readName(name: string): NamedState | null {
  if (!name.endsWith(ending) || !name.includes('=')) return null;
  const pairs = pairsIn(name.slice(0, -ending.length).replace(/-v\d+$/, ''));
  const step = pairs.find(([key]) => key === 'step')?.[1] ?? null;
  const metrics = pairs.filter(([key]) => key !== 'step');
  if (step === null && !metrics.some(([key]) => key === 'epoch')) return null;
  return { step, episode: null, metrics, isBest: false };
}

/** All of them, up to where the name has anything else. */
function pairsIn(stem: string): (readonly [string, number])[] {
  return [...stem.matchAll(pair)].map(([, key = '', value = ''], index) => [
    index === 0 ? withoutPrefix(key) : key,
    readNumber(value),
  ]);
}

/** What comes before the first metric is text of the user's. */
function withoutPrefix(key: string): string {
  return key.slice(key.lastIndexOf('-') + 1);
}
