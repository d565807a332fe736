import { bestNamed, claimByNames } from '../claim-by-names.ts';
import { lastByNumber } from '../last-by-number.ts';
import type { Claim, Layout, NamedState, RunSigns } from '../layout.ts';

const best = 'checkpoint_best.pt';
const last = 'checkpoint_last.pt';
const saved = /^checkpoint(?:(\d{1,6})|_(\d{1,6})_(\d{1,15}))\.pt$/;
const none = { step: null, episode: null };

/**
 * `checkpoint{epoch}.pt`, `checkpoint_{epoch}_{updates}.pt`, `checkpoint_best.pt` and `checkpoint_last.pt`, and
 * `checkpoint.best_{metric}_{value}.pt` where several are kept. fairseq/checkpoint_utils.py, save_checkpoint
 */
export const fairseq: Layout = {
  id: 'fairseq',
  name: 'fairseq',
  writes: 'fairseq',
  readName,
  recognise,
};

/** Others have such names too: beside its last or its best they are fairseq's. */
function readName(name: string, isBeside: (other: string) => boolean): NamedState | null {
  if (name === best && isBeside(last)) return { ...none, metrics: [], isBest: true };
  const [, whole, epoch = whole, updates] = saved.exec(name) ?? [];
  if (epoch === undefined || !(isBeside(last) || isBeside(best))) return null;
  const step = updates === undefined ? null : Number(updates);
  return { ...none, step, metrics: [['epoch', Number(epoch)]], isBest: false };
}

function recognise(signs: RunSigns): Claim | null {
  const isOwn = (name: string) => saved.test(name) || name === best || name === last;
  const claim = claimByNames(signs, isOwn, `are named checkpointEPOCH.pt, ${best} and ${last}`);
  const isTold = signs.ids.some((id) => id.endsWith(`/${last}`) || id === last);
  if (!claim || !isTold) return null;
  const goesOn = lastByNumber(signs, /(?<=^|\/)checkpoint_last\.pt$/);
  return { ...claim, ...bestNamed(signs, (name) => name === best), ...goesOn };
}
