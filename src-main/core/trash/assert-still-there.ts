import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import type { FileStatus } from '../files/file-identity.ts';
import type { Operation, Step } from '../operations/operation.ts';
import { placedByLog } from './placed-by-log.ts';
import { readTrashRecords } from './read-trash-records.ts';

/**
 * That what an operation put over other files still stands there, so that undoing it takes back nothing else. A later operation of Cairn may
 * have come over a model: the trash keeps what that brought, or once did, which the log tells. Where sidecars alone were replaced, each operation builds upon the one
 * before it: the later one has to be undone first.
 * @throws ModelManagerError for what somebody else wrote since, and for what a later operation built upon: nothing is changed
 */
export async function assertStillThere(disk: Disk, root: string, target: Operation): Promise<void> {
  for (const step of target.steps) {
    const there = await findOther(disk, root, step);
    if (there) await assertOverOther(disk, root, target, step.to, there);
  }
}

/** @param there what stands at `path`, and is none of the operation's own */
async function assertOverOther(
  disk: Disk,
  root: string,
  target: Operation,
  path: string,
  there: FileStatus,
): Promise<void> {
  const { steps, versions } = target;
  const later = await findPlacing(disk, root, path, there);
  const isOfSidecars = !steps.some(({ to }) => versions.includes(to));
  if (isOfSidecars) throw later ? builtUpon(target, later, path) : writtenSince(path);
  if (!later && !(await placedByLog(root, versions, path, there))) throw writtenSince(path);
}

/** What stands where the file that the step put should be; null where that is this one, nothing, or the one that it replaced. */
async function findOther(disk: Disk, root: string, step: Step): Promise<FileStatus | null> {
  if (step.keep === null) return null;
  const there = await disk.lookAt(`${root}/${step.to}`);
  if (!there || isPlaced(there, step) || there.ino === step.over) return null;
  return isOfThisDisk(step, await disk.lookAt(`${root}/${step.keep}`)) ? there : null;
}

/** In a run that was copied every file is another than the record says, also what was kept: then it tells nothing. */
function isOfThisDisk({ over, replaced }: Step, kept: FileStatus | null): boolean {
  return kept !== null && (kept.ino === over || kept.mtimeMs === replaced?.mtime);
}

/** By size and time, as FAT numbers files anew at each mount. */
function isPlaced(look: FileStatus, { inode, size, mtime }: Step): boolean {
  return look.size === size && (mtime === undefined ? look.ino === inode : look.mtimeMs === mtime);
}

async function findPlacing(
  disk: Disk,
  root: string,
  path: string,
  look: FileStatus,
): Promise<Operation | undefined> {
  const { operations } = await readTrashRecords(disk, root);
  return operations.find(({ steps }) => steps.some((step) => step.to === path && isPlaced(look, step)));
}

function writtenSince(path: string): ModelManagerError {
  return new ModelManagerError(
    `cannot bring back ${escapeName(path)} — another program wrote to it since — move that file away first`,
    { path },
  );
}

function builtUpon({ id }: Operation, later: Operation, path: string): ModelManagerError {
  return new ModelManagerError(
    `cannot undo ${id} — ${later.id} (${later.kind}) changed ${escapeName(path)} since — undo ${later.id} first`,
    { path },
  );
}
