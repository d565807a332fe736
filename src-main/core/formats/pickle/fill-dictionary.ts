import {
  asKind,
  type Call,
  type Described,
  fullName,
  isDescribed,
  itemsOf,
  setEntries,
  type Value,
} from './value.ts';

/** Which argument these are filled from. Python 2.7 pickles an OrderedDict as a list of pairs, Python 3 a Counter as a dict. */
const filledFrom: ReadonlyMap<string, number> = new Map([
  ['collections.OrderedDict', 0],
  ['collections.Counter', 0],
  ['collections.defaultdict', 1],
  ['builtins.dict', 0],
  ['__builtin__.dict', 0],
]);

/**
 * Takes what a dictionary is made of out of the arguments of the call for it, and puts it where what is set in it by key goes: a copy, as Python
 * makes one. How much is to be looked at is told to `spend` before it is. Gives the values that others of the same key took the place of.
 */
export function fillDictionary(call: Call, spend: (count: number) => void): readonly Value[] {
  const at = filledFrom.get(fullName(call.callee));
  const given = at === undefined ? null : call.args[at];
  if (!isDescribed(given)) return [];
  spend('entries' in given ? given.entries.size : (itemsOf(given)?.length ?? 0));
  const pairs = pairsOf(given);
  if (!pairs) return [];
  call.args = call.args.filter((_, index) => index !== at);
  return setEntries(call, pairs);
}

/** Keys and values in turn; null for what is neither a dictionary nor a list of pairs. */
function pairsOf(given: Described): Value[] | null {
  const isDictionary = given.kind === 'dict' || filledFrom.has(fullName(asKind(given, 'call')?.callee));
  if (isDictionary && 'entries' in given) return [...given.entries].flat();
  const pairs = itemsOf(given)?.map((item) => itemsOf(item) ?? []);
  return pairs?.every((pair) => pair.length === 2) ? pairs.flat() : null;
}
