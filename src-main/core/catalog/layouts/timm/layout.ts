import { bestNamed, claimByNames } from '../claim-by-names.ts';
import { lastByNumber } from '../last-by-number.ts';
import type { Claim, Layout, NamedState, RunSigns } from '../layout.ts';

const saved = /^(?:checkpoint-(\d{1,15})|recovery-(\d{1,15})-\d{1,15})\.pth\.tar$/;
const best = 'model_best.pth.tar';
const none = { step: null, episode: null };

/**
 * `checkpoint-{epoch}.pth.tar`, `recovery-{epoch}-{batch}.pth.tar`, and `last.pth.tar` and `model_best.pth.tar`, which are hard links where there
 * can be such; `tmp.pth.tar` while one is written. timm/utils/checkpoint_saver.py. Scripts after PyTorch's example for ImageNet have
 * `checkpoint.pth.tar` and `model_best.pth.tar`.
 */
export const timm: Layout = {
  id: 'timm',
  name: 'timm',
  isLeftover: (name) => name === 'tmp.pth.tar',
  readName,
  recognise,
};

function readName(name: string): NamedState | null {
  if (name === best) return { ...none, metrics: [], isBest: true };
  const [, epoch, recovered] = saved.exec(name) ?? [];
  const number = epoch ?? recovered;
  return number === undefined ? null : { ...none, metrics: [['epoch', Number(number)]], isBest: false };
}

function recognise(signs: RunSigns): Claim | null {
  const claim = claimByNames(signs, (name) => saved.test(name), 'are named checkpoint-EPOCH.pth.tar');
  if (!claim) return null;
  const last = lastByNumber(signs, /(?<=^|\/)last\.pth\.tar$/);
  return { ...claim, ...bestNamed(signs, (name) => name === best), ...last };
}
