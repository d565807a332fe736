import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import type { FileStatus } from '../files/file-identity.ts';
import { lookAtWhole } from '../files/look-at-whole.ts';
import { tellNoFile } from '../files/tell-no-file.ts';
import { keptPath, type Step } from './operation.ts';

/** A step as it is made now; in older records there is no time. */
type NewStep = Step & { mtime: number };

/** The step that moves a file of the run to a free name. @throws ModelManagerError when it is not there, or no file */
export async function moveStep(disk: Disk, root: string, from: string, to: string): Promise<NewStep> {
  const { ino, size, mtimeMs } = await fileAt(disk, root, from);
  return { from, to, inode: ino, size, mtime: mtimeMs, over: null, keep: null };
}

/**
 * The step that moves a folder as one, with all that is in it, whatever that is: nothing of it is opened or followed.
 * @throws ModelManagerError when it is not there, or no folder
 */
export async function moveFolderStep(disk: Disk, root: string, from: string, to: string): Promise<NewStep> {
  const look = await lookAtWhole(disk, `${root}/${from}`);
  if (look?.type !== 'folder') throw cannotMove(from, look);
  const { ino, size, mtimeMs } = look;
  return { from, to, inode: ino, size, mtime: mtimeMs, over: null, keep: null, whole: true };
}

/** The step that puts a file in place, over whatever has the name: that one is kept in the operation's part of the trash. */
export async function placeStep(
  disk: Disk,
  root: string,
  from: string,
  to: string,
  operationId: string,
): Promise<NewStep> {
  const moved = await moveStep(disk, root, from, to);
  const old = await disk.lookAt(`${root}/${to}`);
  assertReplaceable(old, to);
  if (!old) return moved;
  const replaced = { size: old.size, mtime: old.mtimeMs };
  return { ...moved, over: old.ino, replaced, keep: keptPath(operationId, to) };
}

/** @throws ModelManagerError for anything but a file, or nothing */
export function assertReplaceable(old: FileStatus | null, path: string): void {
  if (!old || old.type === 'file') return;
  throw new ModelManagerError(`${escapeName(path)} is not a file — it cannot be replaced — move it away`, {
    path,
  });
}

async function fileAt(disk: Disk, root: string, path: string): Promise<FileStatus> {
  const look = await disk.lookAt(`${root}/${path}`);
  if (look?.type === 'file') return look;
  throw cannotMove(path, look);
}

function cannotMove(path: string, look: FileStatus | null): ModelManagerError {
  const { is, fix } = tellNoFile(look, path);
  return new ModelManagerError(`cannot move ${escapeName(path)} — it is ${is} — ${fix}, then try again`, {
    path,
  });
}
