import type { NamedVersion } from '../../shared/ipc/writing-contract.ts';
import { numberOrName } from '../../shared/model/name-of-version.ts';
import type { ListedVersion } from '../core/catalog/listed-version.ts';
import type { ModelManager } from '../core/model-manager.ts';
import { namedFacts } from './reach-of.ts';

/** So many versions of a record are named to the window. */
const most = 20;

type Numbered = Pick<ListedVersion, 'id' | 'number'>;
/** The version that has a number or, without one, a name; null where several have it. */
type Holders = Map<number | string, string | null>;

/**
 * Names versions of records of a run, also those that are gone, as its table does: by number or name, and as twins where a version that is there has the
 * same.
 */
export function versionNames(manager: Pick<ModelManager, 'list' | 'listed'>): (id: string) => NamedVersion {
  let holders: Holders | null = null;
  return (id) => {
    const { number } = manager.listed(id) ?? namedFacts(id);
    const version = number !== null && Number.isFinite(number) ? number : null;
    // A run of a hundred thousand versions is gone through only where there is something to name.
    holders ??= holdersOf(manager.list());
    const holder = holders.get(numberOrName({ version, id }));
    const isAlone = holder === undefined || holder === id;
    return isAlone ? { id, version } : { id, version, twin: true };
  };
}

function holdersOf(versions: Iterable<Numbered>): Holders {
  const holders: Holders = new Map();
  for (const { id, number } of versions) {
    const name = numberOrName({ version: number, id });
    holders.set(name, holders.has(name) ? null : id);
  }
  return holders;
}

/** The first of them. */
export function firstNamed(ids: readonly string[], nameOf: (id: string) => NamedVersion): NamedVersion[] {
  return ids.slice(0, most).map(nameOf);
}
