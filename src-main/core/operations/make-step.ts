import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import type { FileStatus } from '../files/file-identity.ts';
import { keptPath, type Step } from './operation.ts';

/** A step as it is made now; in older records there is no time. */
type NewStep = Step & { mtime: number };

/** The step that moves a file of the run to a free name. @throws ModelManagerError when it is not there, or no file */
export async function moveStep(disk: Disk, root: string, from: string, to: string): Promise<NewStep> {
  const { ino, size, mtimeMs } = await fileAt(disk, root, from);
  return { from, to, inode: ino, size, mtime: mtimeMs, over: null, keep: null };
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

/** What stands where a file should be, and what to do about it: `a symbolic link`, `put a copy …`. */
export function tellNoFile({ type }: FileStatus): { is: string; mend: string } {
  if (type === 'link') return { is: 'a symbolic link', mend: 'put a copy of what it points to in its place' };
  return { is: 'no regular file', mend: 'move it away' };
}

async function fileAt(disk: Disk, root: string, path: string): Promise<FileStatus> {
  const look = await disk.lookAt(`${root}/${path}`);
  if (look?.type === 'file') return look;
  const { is, mend } = look ? tellNoFile(look) : { is: 'not there any more', mend: 'look at the run' };
  throw new ModelManagerError(`cannot move ${escapeName(path)} — it is ${is} — ${mend}, then try again`, {
    path,
  });
}
