import type { Disk } from './disk.ts';
import type { FileStatus } from './file-identity.ts';

/** What stands where a file should be, and what to do about it: `a symbolic link`, `put a copy …`. */
export interface NoFile {
  is: string;
  fix: string;
}

/** @param look at what is no file, or is not there @param name of it, or a path that ends in its name */
export function tellNoFile(look: Pick<FileStatus, 'type'> | null, name: string): NoFile {
  if (look?.type === 'link')
    return { is: 'a symbolic link', fix: 'put a copy of what it points to in its place' };
  if (look)
    return {
      is: look.type === 'other' ? 'a pipe, socket or device' : 'no regular file',
      fix: 'move it away',
    };
  return isUnreadableName(name)
    ? { is: 'there under a name that is not valid UTF-8', fix: 'rename it' }
    : { is: 'not there any more', fix: 'look at the run' };
}

/** The problem of a file of which nothing is read for that. */
export const unreadableName = 'its name is not valid UTF-8: rename it to open it here';

/** Whether a name stands for bytes that are no text: nothing can be found by it. */
export function isUnreadableName(name: string): boolean {
  return name.includes('\ufffd');
}

/**
 * The first of these paths of a run at which there is no file, and whether something else is; null where each is one.
 * @param pathOf one, absolute
 */
export async function findNoFile(
  disk: Disk,
  paths: readonly string[],
  pathOf: (path: string) => string,
): Promise<(NoFile & { path: string; isThere: boolean }) | null> {
  for (const path of paths) {
    const look = await disk.lookAt(pathOf(path));
    if (look?.type === 'file') continue;
    return { ...tellNoFile(look, path), path, isThere: look !== null || isUnreadableName(path) };
  }
  return null;
}
