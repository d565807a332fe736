import { asKind, type Call, fullName, isDescribed, itemsOf, setEntries, type Value } from './value.ts';

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
 * makes one. Gives the values that others of the same key took the place of.
 */
export function fillDictionary(call: Call): readonly Value[] {
  const at = filledFrom.get(fullName(call.callee));
  const pairs = at === undefined ? null : pairsOf(call.args[at]);
  if (!pairs) return [];
  call.args = call.args.filter((_, index) => index !== at);
  return setEntries(call, pairs);
}

/** Keys and values in turn; null for what is neither a dictionary nor a list of pairs. */
function pairsOf(value: Value | undefined): Value[] | null {
  if (asKind(value, 'dict') || filledFrom.has(fullName(asKind(value, 'call')?.callee)))
    return isDescribed(value) && 'entries' in value ? [...value.entries].flat() : null;
  const pairs = itemsOf(value)?.map((item) => itemsOf(item) ?? []);
  return pairs?.every((pair) => pair.length === 2) ? pairs.flat() : null;
}
