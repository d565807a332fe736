import { asKind, fullName, isDescribed, type Value } from './value.ts';

type Use = 'made' | 'called';

/** These make an instance of the class they are given, and do not call it. */
const makers = new Set([
  'copyreg._reconstructor',
  'copy_reg._reconstructor',
  'copyreg.__newobj__',
  'copy_reg.__newobj__',
  'numpy.core.multiarray._reconstruct',
  'numpy._core.multiarray._reconstruct',
]);

/** Calls the function that is its first argument with what its third one holds. torch/_tensor.py */
const caller = 'torch._tensor._rebuild_from_type_v2';
const mostWithin = 1000;

/**
 * Notes what a call does with names: the one that is called, and those that are handed to it, for it may call them in
 * turn, as `functools.partial` and `torch._tensor._rebuild_from_type_v2` do.
 */
export function markUse(callee: Value, args: readonly Value[], use: Use): void {
  raise(callee, use);
  if (use === 'made') return;
  const [first, ...others] = args;
  raise(first, makers.has(fullName(callee)) ? 'made' : 'called');
  for (const other of others) raise(other, 'called');
  if (fullName(callee) === caller) raiseWithin(args);
}

/** A function among these may be handed on and called, however deep it lies. */
function raiseWithin(values: readonly Value[]): void {
  const seen = new Set<Value>(values);
  for (const value of seen) {
    raise(value, 'called');
    for (const part of partsOf(value)) if (seen.size < mostWithin) seen.add(part);
  }
}

function partsOf(value: Value): readonly Value[] {
  if (!isDescribed(value)) return [];
  if (value.kind === 'call') return value.args;
  return 'items' in value ? value.items : [];
}

function raise(value: Value | undefined, use: Use): void {
  const named = asKind(value, 'name');
  if (named && named.use !== 'called') named.use = use;
}
