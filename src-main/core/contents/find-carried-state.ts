import type { CarriedState } from '../../../shared/model/inspect-output.ts';
import type { Contents } from '../formats/contents.ts';
import { limitText } from './limit-value.ts';

type What = CarriedState['what'];

/** By the words in their keys, as PyTorch, Lightning, stable-baselines3, accelerate and Sample Factory call them. */
const kinds: readonly (readonly [What, RegExp])[] = [
  ['optimizer', /optim|(^|[._])opt([._]|$)/i],
  ['scheduler', /sched/i],
  ['random numbers', /(^|[._])rng|rng_state|random_state|random_seed_state/i],
  ['gradient scaler', /scaler/i],
  ['replay buffer', /replay/i],
  ['normalisation', /normaliz|vec_?norm|(obs|ret|returns?)_rms|running_mean_std/i],
];
/** So many keys of one kind are named. */
const mostKeys = 12;

/**
 * What a training needs to go on as if it had not stopped, as far as it is in the file: told by the keys at its top and one level below,
 * and by the first two words of the names of tensors. A hyperparameter is no state.
 */
export function findCarriedState({ entries, tensors, optimizers }: Contents): CarriedState[] {
  const keys = new Set(entries.map(({ key }) => key));
  for (const { name, part } of tensors) if (part !== 'model') keys.add(name.split('.', 2).join('.'));
  const told = [...keys].filter((key) => key !== '');
  const members = entries.flatMap(({ key, type }) => (type === 'file' ? [key] : []));
  return kinds.flatMap(([what, pattern]) => {
    const found = told.filter((key) => pattern.test(key)).map((key) => topOf(key, members));
    const all = [
      ...new Set(what === 'optimizer' ? [...found, ...optimizers.map(({ name }) => name)] : found),
    ];
    if (all.length === 0) return [];
    return [{ what, keys: all.slice(0, mostKeys).map((key) => limitText(key || '(the whole)')) }];
  });
}

/** A tensor two levels down is named by its top alone, so that a file of thousands has few keys; one in a member of an archive by that. */
function topOf(key: string, members: readonly string[]): string {
  const member = members.find((name) => name === key || name.startsWith(`${key}.`));
  return member ?? key.split('.', 1)[0] ?? key;
}
