import type { NamedVersion } from '../../shared/ipc/writing-contract.ts';
import type { ListedVersion } from '../core/catalog/listed-version.ts';
import type { ModelManager } from '../core/model-manager.ts';
import { namedFacts } from './reach-of.ts';

/** So many versions of a record are named to the window. */
const most = 20;

type Numbered = Pick<ListedVersion, 'id' | 'number'>;
/** The version that has a number; null where several have it. */
type Holders = Map<number, string | null>;

/**
 * Names versions of records of a run, also those that are gone, as its table does: by number, and as twins where a version that is there has the same
 * number.
 */
export function versionNames(manager: Pick<ModelManager, 'list' | 'listed'>): (id: string) => NamedVersion {
  let holders: Holders | null = null;
  return (id) => {
    const { number } = manager.listed(id) ?? namedFacts(id);
    if (number === null || !Number.isFinite(number)) return { id, version: null };
    // A run of a hundred thousand versions is gone through only where there is something to name.
    holders ??= holdersOf(manager.list());
    const holder = holders.get(number);
    const isAlone = holder === undefined || holder === id;
    return isAlone ? { id, version: number } : { id, version: number, twin: true };
  };
}

function holdersOf(versions: Iterable<Numbered>): Holders {
  const holders: Holders = new Map();
  for (const { id, number } of versions)
    if (number !== null) holders.set(number, holders.has(number) ? null : id);
  return holders;
}

/** The first of them. */
export function firstNamed(ids: readonly string[], nameOf: (id: string) => NamedVersion): NamedVersion[] {
  return ids.slice(0, most).map(nameOf);
}
