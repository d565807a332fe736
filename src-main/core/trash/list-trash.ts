import type { Problem } from '../../../shared/model/run.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelNotFoundError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { lookAtWhole } from '../files/look-at-whole.ts';
import { isKept, type Operation, type Step } from '../operations/operation.ts';
import { readRecords, readTrashRecords } from './read-trash-records.ts';

/** An operation that can be undone; `bytes` is what of it is still in the trash, `files` are those of it, and folders that were moved as one. */
export interface TrashedOperation extends Operation {
  files: string[];
}

/** What can be brought back, newest first, and what of the trash is damaged, by the paths of those operations' folders. */
export interface TrashListing {
  operations: TrashedOperation[];
  problems: Problem[];
}

/** What the trash holds; operations whose files are all gone are not listed. @throws system errors as they are */
export async function listTrash(disk: Disk, root: string): Promise<TrashListing> {
  const { operations, problems } = await readTrashRecords(disk, root);
  return { operations: await withFilesOf(disk, root, operations), problems };
}

/** Of these operations what can be brought back, newest first; what is damaged is passed over. */
export async function listOperations(
  disk: Disk,
  root: string,
  ids: readonly string[],
): Promise<TrashedOperation[]> {
  const records = await readRecords(disk, root, ids);
  return withFilesOf(disk, root, [...records.values()]);
}

async function withFilesOf(
  disk: Disk,
  root: string,
  operations: readonly Operation[],
): Promise<TrashedOperation[]> {
  const there = await Promise.all(operations.map((operation) => withFiles(disk, root, operation)));
  return there.flat().sort((a, b) => b.number - a.number || (a.at < b.at ? 1 : -1));
}

/** An interrupted operation as it will be listed once the run is recovered. */
export function asRecovered(operation: Operation): TrashedOperation {
  return { ...operation, files: operation.steps.flatMap((step) => keptBy(step) ?? []) };
}

export function notInTrash(id: string): ModelNotFoundError {
  return new ModelNotFoundError(
    `no operation “${escapeName(id)}” — the trash holds nothing of it — see cairn trash for what it holds`,
  );
}

/** Where a step keeps a file in the trash; null when it keeps none there. */
export function keptBy({ to, keep }: Step): string | null {
  return isKept(to) ? to : keep;
}

/** None where nothing of it can be brought back. */
async function withFiles(disk: Disk, root: string, operation: Operation): Promise<TrashedOperation[]> {
  const kept = operation.steps.flatMap((step) => {
    const path = keptBy(step);
    return path === null ? [] : [{ path, whole: step.whole }];
  });
  const looks = await Promise.all(
    kept.map(async ({ path, whole }) => {
      const look = await (whole ? lookAtWhole(disk, `${root}/${path}`) : disk.lookAt(`${root}/${path}`));
      return { path, look, type: whole ? 'folder' : 'file' };
    }),
  );
  const there = looks.flatMap(({ path, look, type }) =>
    look?.type === type ? [{ path, size: look.size }] : [],
  );
  if (there.length === 0 && !(await hasPlaced(disk, root, operation))) return [];
  const bytes = there.reduce((sum, { size }) => sum + size, 0);
  return [{ ...operation, bytes, files: there.map(({ path }) => path) }];
}

/** Whether a file that a restore made is still there: that can be taken back though nothing was replaced. */
async function hasPlaced(disk: Disk, root: string, { kind, steps }: Operation): Promise<boolean> {
  if (kind !== 'restore') return false;
  const made = steps.filter((step) => keptBy(step) === null);
  const looks = await Promise.all(made.map(({ to }) => disk.lookAt(`${root}/${to}`)));
  return made.some(({ inode }, index) => looks[index]?.ino === inode);
}
