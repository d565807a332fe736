import { asKind, fullName, type Value } from './value.ts';

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
}

function raise(value: Value | undefined, use: Use): void {
  const named = asKind(value, 'name');
  if (named && named.use !== 'called') named.use = use;
}
