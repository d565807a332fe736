import type { Disk } from '../files/disk.ts';
import { keptFilesFolder, ownFolder, trashFolder } from '../operations/operation.ts';
import { readLogInTurns } from '../operations/operation-log.ts';
import { risingTimes } from '../operations/rising-times.ts';
import { filesBelow } from './files-below.ts';
import { notInTrash, type TrashedOperation, type TrashListing } from './list-trash.ts';
import { damagedOperation } from './read-trash-records.ts';

/** These operations, whether damaged or not; or those that are not, older than so many milliseconds, 0 for all. */
export type TrashChoice = { ids: readonly string[] } | { olderThan: number };

/** An operation of which no record tells anything; `files` is what is there of the run, by the paths that they had. */
export interface DamagedOperation {
  id: string;
  files: string[];
  bytes: number;
}

/** What is deleted for good: `operations`, and `damaged` ones; `problems` is what is damaged and stays. */
export interface Doomed extends TrashListing {
  damaged: DamagedOperation[];
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
  const isChosen =
    'ids' in choice
      ? ({ id }: TrashedOperation) => named.has(id)
      : await olderThan(`${root}/${ownFolder}`, choice.olderThan);
  const chosen = operations.filter(isChosen);
  assertThere(named, [...damaged, ...chosen.map(({ id }) => id)]);
  const found = await Promise.all(damaged.map((id) => lookThrough(disk, root, id)));
  return {
    operations: chosen,
    damaged: found,
    problems: problems.filter((problem) => !named.has(damagedOperation(problem))),
    bytes: [...chosen, ...found].reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

async function lookThrough(disk: Disk, root: string, id: string): Promise<DamagedOperation> {
  const all = await filesBelow(disk, `${root}/${trashFolder}/${id}`);
  const kept = await filesBelow(disk, `${root}/${keptFilesFolder(id)}`);
  return {
    id,
    files: kept.map(({ path }) => path).sort(),
    bytes: all.reduce((sum, { size }) => sum + size, 0),
  };
}

/** Under a clock that stood too early a moment ago is years ago: no operation is older than what the log has before it. @param own the folder of the log */
async function olderThan(own: string, age: number): Promise<(operation: TrashedOperation) => boolean> {
  if (age === 0) return () => true;
  const entries = await readLogInTurns(own);
  const times = risingTimes(entries.map(({ at }) => Date.parse(at)));
  const earliest = new Map(entries.map(({ operation }, index) => [operation, times[index] ?? 0]));
  const before = Date.now() - age;
  return ({ id, at }) => Math.max(Date.parse(at), earliest.get(id) ?? 0) < before;
}

function assertThere(named: ReadonlySet<string>, found: readonly string[]): void {
  for (const id of named) if (!found.includes(id)) throw notInTrash(id);
}
