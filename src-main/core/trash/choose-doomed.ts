import type { Disk } from '../files/disk.ts';
import { trashFolder } from '../operations/operation.ts';
import { notInTrash, type TrashedOperation, type TrashListing } from './list-trash.ts';
import { damagedOperation } from './read-trash-records.ts';
import { sizesBelow } from './sizes-below.ts';

/** These operations, whether damaged or not; or those that are not, older than so many milliseconds, 0 for all. */
export type TrashChoice = { ids: readonly string[] } | { olderThan: number };

/** What is deleted for good: `operations`, and by their ids `damaged` ones; `problems` is what is damaged and stays. */
export interface Doomed extends TrashListing {
  damaged: string[];
  bytes: number;
}

/** What of the trash a choice means: what is damaged only where it is named. @throws ModelNotFoundError */
export async function chooseDoomed(
  disk: Disk,
  root: string,
  { operations, problems }: TrashListing,
  choice: TrashChoice,
): Promise<Doomed> {
  const named = new Set('ids' in choice ? choice.ids : []);
  const damaged = problems.map(damagedOperation).filter((id) => named.has(id));
  const chosen = operations.filter(
    'ids' in choice ? ({ id }) => named.has(id) : (operation) => isOlder(operation, choice.olderThan),
  );
  assertThere(named, [...damaged, ...chosen.map(({ id }) => id)]);
  const sizes = await Promise.all(damaged.map((id) => sizesBelow(disk, `${root}/${trashFolder}/${id}`)));
  return {
    operations: chosen,
    damaged,
    problems: problems.filter((problem) => !named.has(damagedOperation(problem))),
    bytes: [...chosen.map(({ bytes }) => bytes), ...sizes.flat()].reduce((sum, bytes) => sum + bytes, 0),
  };
}

function isOlder({ at }: TrashedOperation, age: number): boolean {
  return age === 0 || Date.parse(at) < Date.now() - age;
}

function assertThere(named: ReadonlySet<string>, found: readonly string[]): void {
  for (const id of named) if (!found.includes(id)) throw notInTrash(id);
}
