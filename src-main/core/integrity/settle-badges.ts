import { isIntactSoFar } from '../../../shared/model/integrity.ts';
import type { SelectionMetric } from '../../../shared/model/metric.ts';
import { pickBest, pickLatest } from '../../../shared/query/pick-versions.ts';
import type { Badges, ListedVersion } from '../catalog/listed-version.ts';
import type { PoolOptions } from './integrity-pool.ts';

/** A run that was looked at, of which files without a sidecar may be asked what they say of themselves. */
interface BareSubject {
  bareIds(): string[];
  readOwnRecords(ids: readonly string[]): Promise<void>;
}

/** What settling asks of a run. */
export interface BadgeSubject extends BareSubject {
  readonly badges: Readonly<Badges>;
  readonly metric: SelectionMetric;
  list(): Iterable<ListedVersion>;
  checkStructures(ids: readonly string[], options: PoolOptions): Promise<void>;
}

/**
 * Makes sure of the best and the latest as far as files need not be read whole: by what files without a sidecar say of themselves, where they are
 * no more than so many, and by the structure of those that wear a badge, until both hold.
 * @returns how many files without a sidecar were not opened
 */
export async function settleBadges(run: BadgeSubject, mostBare: number): Promise<number> {
  const unopened = await readBare(run, mostBare);
  const looked = new Set<string>();
  let wanted = wearers(run);
  // Twice as many each time: to rank a large run anew costs more than a look at a few files.
  for (let count = 2; wanted.length > 0; count *= 2) {
    for (const id of wanted) looked.add(id);
    // To start another thread takes longer than a look at two files.
    await run.checkStructures(wanted, { jobs: 1 });
    const hold = wearers(run).every((id) => looked.has(id));
    wanted = hold ? [] : candidates(run, count).filter((id) => !looked.has(id));
  }
  return unopened;
}

/** Asks files without a sidecar what they say of themselves, where they are no more than so many. @returns how many were not opened */
export async function readBare(run: BareSubject, mostBare: number): Promise<number> {
  const bare = run.bareIds();
  if (bare.length > mostBare) return bare.length;
  await run.readOwnRecords(bare);
  return 0;
}

function wearers({ badges: { best, latest } }: BadgeSubject): string[] {
  return [...new Set([best, latest])].filter((id) => id !== null);
}

/** Those that wear a badge now, and so many that would after them. */
function candidates(run: BadgeSubject, count: number): string[] {
  const intact = [...run.list()].filter(({ state }) => isIntactSoFar(state));
  const next = [...pickBest(intact, run.metric.mode, count), ...pickLatest(intact, count)];
  return [...new Set([...wearers(run), ...next.map(({ id }) => id)])];
}
