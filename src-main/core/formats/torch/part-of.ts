import type { Tensor } from '../contents.ts';
import { asKind, type Described, isDescribed, type Value } from '../pickle/value.ts';
import { childrenOf, countChildren, describedChildrenOf } from './children.ts';

type Part = Tensor['part'];
type IsTensor = (value: Value) => boolean;

const optimizer = /^(opt|optim)s?$|optimi[sz]er/i;
const other =
  /^(rms|random|sched|schedules?|replay|loops?|meta|metadata|training|hyper|statistics)$|^rng|^normali[sz]|(rng|buffer|scheduler|scaler|normali[sz]er|callback|config|stat)s?$/i;
const model = /model|policy|net|actor|critic|module|ema|encoder|decoder|agent|value/i;
/** Texts of a whole key: settings are no parameters, and of what has no other name a state dict is a model. */
const settings = /hyper_?param|hparam|pytorch_variables/i;
const state = /state_dict|weight|param/i;
/** What tells nothing of whose it is, at the end of a key. */
const affix = /^(states?|dicts?|[a-z])$/i;

/**
 * What a key at the top of a checkpoint leads to, by whole words: what it is of stands last in it, as in `buffer_encoder` and
 * `replay_buffer`. Null when they do not tell.
 */
export function partOfKey(key: string): Part | null {
  const words = wordsOf(key);
  if (words.some((word) => optimizer.test(word))) return 'optimizer';
  if (settings.test(key)) return 'other';
  const told = words.findLast((word) => other.test(word) || model.test(word));
  if (told !== undefined) return other.test(told) ? 'other' : 'model';
  return state.test(key) ? 'model' : null;
}

/** `actorOptimizer2` and `actor_optimizer.2` have the same two. */
function wordsOf(key: string): string[] {
  return key.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
}

/** What is at a key, by what is in it where that tells, else by the words of the key. @param told as {@link toldByValue} has it */
export function partOf(key: string, told: Part | null): Part | null {
  const isOfOptimizer = optimizer.test(wordsOf(key).findLast((word) => !affix.test(word)) ?? '');
  // Momentum that is kept by the names of the weights that it is for.
  return told === 'model' && isOfOptimizer ? 'optimizer' : (told ?? partOfKey(key));
}

/** What a value is by what is in it: as {@link toldByValue} has it, or a model where it is tensors for the most part. */
export function partOfValue(root: Value, isTensor: IsTensor): Part | null {
  return toldByValue(root, isTensor) ?? (isDescribed(root) && isMostly(root, isTensor) ? 'model' : null);
}

/**
 * What a value is beyond doubt: `state` with `param_groups` is an optimizer, or the state of one; a module is a model, and so is what has
 * tensors that are called weights. Null when that does not tell.
 */
export function toldByValue(root: Value, isTensor: IsTensor): Part | null {
  if (!isDescribed(root)) return null;
  const state = asKind(asKind(root, 'call')?.state, 'dict');
  const entries = (asKind(root, 'dict') ?? state)?.entries;
  if (isOptimizerState(entries)) return 'optimizer';
  if (state?.entries.has('_parameters')) return 'model';
  const keys = 'entries' in root ? root.entries.keys() : [];
  return namesWeights(keys) && isMostly(root, isTensor) ? 'model' : null;
}

/** torch/optim/optimizer.py */
export function isOptimizerState(entries: ReadonlyMap<unknown, unknown> | undefined): boolean {
  return entries?.has('state') === true && entries.has('param_groups');
}

/** Whether the keys are those of a state dict: `0.weight`, `bias`, `lstm.weight_ih_l0`. */
export function namesWeights(keys: Iterable<unknown>): boolean {
  for (const key of keys) if (typeof key === 'string' && /(^|[._])(weight|bias)(_|$)/.test(key)) return true;
  return false;
}

function isMostly(root: Described, isTensor: IsTensor): boolean {
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
