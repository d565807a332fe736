import { isIntactSoFar } from '../../../shared/model/integrity.ts';
import type { Direction } from '../../../shared/model/metric.ts';
import { pickBest, pickLatest } from '../../../shared/query/pick-versions.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';

/** What settling asks of the versions of a run, as they are known by now. */
export interface BadgeSubject {
  /** The best and the latest; fewer where there is none. */
  wearers(): string[];
  list(): Iterable<ListedVersion>;
  mode: Direction;
  /** Looks at the structure of these, and ranks anew. */
  lookInto(ids: readonly string[]): Promise<void>;
}

/** Looks at the files of the best and the latest, and of those that come after the broken ones, until both hold. */
export async function settleBadges({ wearers, list, mode, lookInto }: BadgeSubject): Promise<void> {
  const looked = new Set<string>();
  let wanted = wearers();
  // Twice as many each time: to rank a large run anew costs more than a look at a few files.
  for (let count = 2; wanted.length > 0; count *= 2) {
    for (const id of wanted) looked.add(id);
    await lookInto(wanted);
    if (wearers().every((id) => looked.has(id))) return;
    const intact = [...list()].filter(({ state }) => isIntactSoFar(state));
    const next = [...pickBest(intact, mode, count), ...pickLatest(intact, count)].map(({ id }) => id);
    wanted = [...new Set([...wearers(), ...next])].filter((id) => !looked.has(id));
  }
}
