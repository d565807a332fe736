import type { OptimizerRecord, Tensor } from '../formats/contents.ts';

/** A parameter of the model, and what is kept for it. */
export interface State {
  /** The path of keys to what is kept, and its last key: what the optimizer calls the parameter. */
  name: string;
  key: string;
  /** Whose it is; null where no optimizer is known there. */
  optimizer: OptimizerRecord | null;
  slots: Map<string, Slot>;
}

/** What is kept under one key: a tensor, or the first of those in a list or dict there. */
interface Slot {
  tensor: Tensor;
  isOneOfMany: boolean;
}

/** LBFGS keeps what it knows of all its parameters, one after the other, as the state of the first. torch/optim/lbfgs.py */
export const isOfAll = ({ slots }: State) => slots.has('prev_flat_grad');

/** @param own the tensors that optimizers keep */
export function groupStates(own: readonly Tensor[], optimizers: readonly OptimizerRecord[]): State[] {
  const places = optimizers.map(placeOf);
  const states = new Map<string, State>();
  for (const tensor of own) {
    const { slot, isOneOfMany, ...whose } = stateOf(tensor.name, places);
    const state = states.get(whose.name) ?? { ...whose, slots: new Map() };
    if (!state.slots.has(slot)) state.slots.set(slot, { tensor, isOneOfMany });
    states.set(whose.name, state);
  }
  return [...states.values()];
}

/** Where an optimizer has its states, and what it calls its parameters. */
interface Place {
  begin: string;
  keys: ReadonlySet<string>;
  optimizer: OptimizerRecord;
}

const placeOf = (optimizer: OptimizerRecord): Place => ({
  begin: optimizer.name === '' ? 'state.' : `${optimizer.name}.state.`,
  keys: new Set(optimizer.groups.flatMap(({ parameters }) => parameters)),
  optimizer,
});

type Found = Omit<State, 'slots'> & { slot: string; isOneOfMany: boolean };

/** What no parameter is called by is told by its last key alone. */
function stateOf(name: string, places: readonly Place[]): Found {
  const place = places.find(({ begin }) => name.startsWith(begin));
  const key = place && longestKey(name.slice(place.begin.length), place.keys);
  if (!place || key === undefined) return stateByLastKey(name, place);
  const whole = place.begin + key;
  const [slot = '', ...below] = name.slice(whole.length + 1).split('.');
  return { name: whole, key, optimizer: place.optimizer, slot, isOneOfMany: below.length > 0 };
}

function stateByLastKey(name: string, place: Place | undefined): Found {
  const [whole, slot] = splitLast(name);
  const [above, key] = splitLast(whole);
  const isThere = `${above}.` === place?.begin;
  return { name: whole, key, optimizer: isThere ? place.optimizer : null, slot, isOneOfMany: false };
}

/** A parameter may go by its name in the model, with dots in it. */
function longestKey(rest: string, keys: ReadonlySet<string>): string | undefined {
  let [key] = splitLast(rest);
  while (key !== '' && !keys.has(key)) [key] = splitLast(key);
  return key === '' ? undefined : key;
}

function splitLast(name: string): [above: string, last: string] {
  const dot = name.lastIndexOf('.');
  return [name.slice(0, Math.max(0, dot)), name.slice(dot + 1)];
}
