import type { Contents, PickledGlobal, Trust } from '../contents.ts';
import { classOfName, isActing, isLoader } from '../pickle/known-names.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';
import type { PickledName } from '../pickle/value.ts';

/** A loader whose every use was followed into what it loads has the class of that, which is a storage. */
function classifyGlobal({ module, name, use, unfollowed }: PickledName): PickledGlobal['class'] {
  const isFollowed = isLoader(module, name) && use === 'called' && unfollowed === 0;
  return isFollowed ? 'tensor' : classOfName(module, name);
}

/** The names that pickles mention, as they are shown. */
function describeGlobals(names: PickledNames): PickledGlobal[] {
  return names.all.map((named) => ({
    module: named.module,
    name: named.name,
    called: named.use !== 'named',
    class: classifyGlobal(named),
    offset: named.offset,
  }));
}

/** What the names in a file say of loading it. */
export function describeLoading(names: PickledNames): Pick<Contents, 'globals' | 'trust' | 'unread'> {
  return { globals: describeGlobals(names), trust: judgeTrust(names), unread: names.unread };
}

/**
 * What loading would take: nothing but tensors and plain data, the classes of the trainer, or calls of unknown code. What
 * was not read may be any of these, so that it counts as the last.
 */
function judgeTrust(names: PickledNames): Trust {
  if (names.unread.length > 0) return 'runs-code';
  const code = names.all.filter((named) => classifyGlobal(named) === 'code');
  if (code.some(({ module, name, use }) => use === 'called' || isActing(module, name))) return 'runs-code';
  return code.length > 0 ? 'needs-classes' : 'tensors-only';
}
