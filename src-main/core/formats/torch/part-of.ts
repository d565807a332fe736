import type { Tensor } from '../contents.ts';
import { asKind, isDescribed, type Value } from '../pickle/value.ts';
import { childrenOf } from './children.ts';

type Part = Tensor['part'];

const optimizer = /optim|(^|[._])opt([._]|$)/i;
const other =
  /rng|random|sched|scaler|replay|buffer|normaliz|loops|callbacks|meta|training|hyper|config|stats/i;
const model = /model|state_dict|policy|net|actor|critic|weight|param|module|ema|encoder|decoder|agent|value/i;

/** What a key at the top of a checkpoint leads to, by the words in it. */
export function partOfKey(key: string): Part {
  if (optimizer.test(key)) return 'optimizer';
  if (other.test(key)) return 'other';
  return model.test(key) ? 'model' : 'other';
}

/**
 * What a whole checkpoint is when its keys do not tell: a module or a state dict is a model, with `isTensor` true for
 * most of what is in it; `state` with `param_groups` is an optimizer. Null when the keys tell.
 */
export function partOfRoot(root: Value, isTensor: (value: Value) => boolean): Part | null {
  if (!isDescribed(root)) return null;
  const keys = new Set(asKind(root, 'dict')?.entries.keys());
  if (keys.has('state') && keys.has('param_groups')) return 'optimizer';
  const state = asKind(asKind(root, 'call')?.state, 'dict');
  if (state?.entries.has('_parameters')) return 'model';
  const children = [...childrenOf(root)];
  const tensors = children.filter(([, child]) => isTensor(child)).length;
  return tensors > 0 && tensors >= children.length / 2 ? 'model' : null;
}
