import { ModelManagerError } from '../errors.ts';
import type { Disk } from './disk.ts';
import { cannotLink } from './error-code.ts';
import { fillFile, readChunks, type StagedFile } from './stage-file.ts';

/** A file that was put under a name; the inode tells it from one that another program put there since. */
export interface PlacedFile {
  /** Absolute. */
  path: string;
  inode: number;
}

/**
 * Puts a staged file under a name that is free; never over a file that came to have it meanwhile, as a rename would. It keeps
 * its staged name as well. Where the file system has no links it is copied, and a power cut meanwhile may leave a part of it.
 * @throws EEXIST and other system errors, with nothing of it under the name
 */
export async function placeNew(disk: Disk, staged: StagedFile, path: string): Promise<PlacedFile> {
  const look = await disk.lookAt(staged.path);
  try {
    await disk.link(staged.path, path);
    return { path, inode: look?.ino ?? 0 };
  } catch (error) {
    if (cannotLink(error)) return copyToNew(disk, staged, path, look?.mode);
    throw error;
  }
}

/** Removes a file that {@link placeNew} placed, unless another has its name by now. */
export async function removePlaced(disk: Disk, { path, inode }: PlacedFile): Promise<void> {
  if ((await disk.lookAt(path))?.ino === inode) await disk.unlink(path);
}

async function copyToNew(
  disk: Disk,
  staged: StagedFile,
  path: string,
  mode: number | undefined,
): Promise<PlacedFile> {
  const file = await disk.create(path);
  const placed = { path, inode: file.opened.ino };
  try {
    const { checksum } = await fillFile(file, readChunks(disk, staged.path), mode);
    if (checksum === staged.checksum) return placed;
    throw new ModelManagerError(`${path} is not what was written — something else changed it — try again`, {
      path,
    });
  } catch (error) {
    await file.close().catch(() => undefined);
    await removePlaced(disk, placed).catch(() => undefined);
    throw error;
  }
}
