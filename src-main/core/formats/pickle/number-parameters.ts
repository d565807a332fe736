import { asKind, isDescribed, itemsOf, type Value } from './value.ts';

/**
 * An optimizer that was pickled as an object keeps its state by the parameters themselves: numbers them, as `state_dict()` would, in the order
 * in which its groups have them. How much is looked at is told to `spend` before it is. torch/optim/optimizer.py
 */
export function numberParameters(attributes: Value, spend: (count: number) => void): void {
  const entries = asKind(attributes, 'dict')?.entries;
  if (!entries?.has('param_groups')) return;
  const parameters = parametersIn(entries.get('param_groups'), spend);
  const state = entries.get('state');
  if (parameters.size === 0 || !isDescribed(state) || !('entries' in state)) return;
  spend(state.entries.size);
  state.entries = new Map([...state.entries].map(([key, value]) => [parameters.get(key) ?? key, value]));
}

/** What the groups of an optimizer have, each with its number. */
function parametersIn(groups: Value | undefined, spend: (count: number) => void): ReadonlyMap<Value, number> {
  const lists = (itemsOf(groups) ?? []).map(
    (group) => itemsOf(asKind(group, 'dict')?.entries.get('params')) ?? [],
  );
  spend(lists.reduce((sum, list) => sum + list.length, lists.length));
  const all = lists.flat();
  const objects = all.every(isDescribed) ? all : [];
  return new Map(objects.map((parameter, index) => [parameter, index]));
}
