import type { Disk } from './disk.ts';
import { cannotLink } from './error-code.ts';
import type { StagedFile } from './stage-file.ts';

/** A file that was put under a name; the inode tells it from one that another program put there since. */
export interface PlacedFile {
  /** Absolute. */
  path: string;
  inode: number;
}

/**
 * Puts a staged file under a name that is free; never over a file that came to have it meanwhile, as a rename alone would. Where the file system has
 * links it keeps its staged name as well; where not, a power cut meanwhile may leave an empty file of the new name.
 * @throws EEXIST and other system errors, with nothing of it under the name
 */
export async function placeNew(disk: Disk, staged: StagedFile, path: string): Promise<PlacedFile> {
  const look = await disk.lookAt(staged.path);
  const placed = { path, inode: look?.ino ?? 0 };
  try {
    await disk.link(staged.path, path);
  } catch (error) {
    if (!cannotLink(error)) throw error;
    await renameToNew(disk, staged, path);
  }
  return placed;
}

/** Removes a file that {@link placeNew} placed, unless another has its name by now. */
export async function removePlaced(disk: Disk, { path, inode }: PlacedFile): Promise<void> {
  if ((await disk.lookAt(path))?.ino === inode) await disk.unlink(path);
}

/** An empty file takes the name first: what has it already, or since, is not replaced. */
async function renameToNew(disk: Disk, staged: StagedFile, path: string): Promise<void> {
  const file = await disk.create(path);
  const isOwn = async () => {
    const look = await disk.lookAt(path);
    return look?.ino === file.opened.ino && look.size === 0;
  };
  try {
    await file.close();
    if (!(await isOwn())) throw Object.assign(new Error(`EEXIST: ${path}`), { code: 'EEXIST' });
    await disk.rename(staged.path, path);
  } catch (error) {
    if (await isOwn().catch(() => false)) await disk.unlink(path).catch(() => undefined);
    throw error;
  }
}
