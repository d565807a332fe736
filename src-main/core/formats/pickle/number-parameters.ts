import { asKind, isDescribed, itemsOf, type Value } from './value.ts';

/**
 * An optimizer that was pickled as an object keeps its state by the parameters themselves: numbers them, as `state_dict()` would, in the order
 * in which its groups have them. torch/optim/optimizer.py
 */
export function numberParameters(attributes: Value): void {
  const entries = asKind(attributes, 'dict')?.entries;
  const state = entries?.get('state');
  const parameters = parametersIn(entries?.get('param_groups'));
  if (parameters.size === 0 || !isDescribed(state) || !('entries' in state)) return;
  state.entries = new Map([...state.entries].map(([key, value]) => [parameters.get(key) ?? key, value]));
}

/** What the groups of an optimizer have, each with its number. */
function parametersIn(groups: Value | undefined): ReadonlyMap<Value, number> {
  const all = itemsOf(groups)?.flatMap(
    (group) => itemsOf(asKind(group, 'dict')?.entries.get('params')) ?? [],
  );
  const objects = all?.every(isDescribed) ? all : [];
  return new Map(objects.map((parameter, index) => [parameter, index]));
}
