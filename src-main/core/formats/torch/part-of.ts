import type { Tensor } from '../contents.ts';
import { asKind, type Described, isDescribed, type Value } from '../pickle/value.ts';
import { childrenOf, countChildren, describedChildrenOf } from './children.ts';

type Part = Tensor['part'];

const optimizer = /optim|(^|[._])opt([._]|$)/i;
const other =
  /rng|random|sched|scaler|replay|buffer|normaliz|rms|loops|callbacks|meta|training|hyper|config|stats|pytorch_variables/i;
const model = /model|state_dict|policy|net|actor|critic|weight|param|module|ema|encoder|decoder|agent|value/i;

/** What a key at the top of a checkpoint leads to, by the words in it; null when they do not tell. */
export function partOfKey(key: string): Part | null {
  if (optimizer.test(key)) return 'optimizer';
  if (other.test(key)) return 'other';
  return model.test(key) ? 'model' : null;
}

/**
 * What a value is by what is in it: a module, or what is tensors for the most part, is a model; `state` with
 * `param_groups` is an optimizer, or the state of one. Null when that does not tell.
 */
export function partOfValue(root: Value, isTensor: (value: Value) => boolean): Part | null {
  if (!isDescribed(root)) return null;
  const state = asKind(asKind(root, 'call')?.state, 'dict');
  const entries = (asKind(root, 'dict') ?? state)?.entries;
  if (entries?.has('state') && entries.has('param_groups')) return 'optimizer';
  if (state?.entries.has('_parameters')) return 'model';
  return isMostly(root, isTensor) ? 'model' : null;
}

function isMostly(root: Described, isTensor: (value: Value) => boolean): boolean {
  let tensors = 0;
  for (const [, child] of describedChildrenOf(root)) if (isTensor(child)) tensors += 1;
  return tensors > 0 && 2 * tensors >= countAll(root);
}

/** How much there is in it; of an instance, which has its parts in several places, each is gone through. */
function countAll(root: Described): number {
  if (root.kind !== 'call') return countChildren(root);
  let count = 0;
  for (const _ of childrenOf(root)) count += 1;
  return count;
}
