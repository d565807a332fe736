import { lstat, realpath, stat } from 'node:fs/promises';
import { errorCode } from '../core/files/error-code.ts';

/** Whether a folder is there, or a link to one. */
export async function isFolderNow(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** Whether anything is there, or a link to it. */
export async function isSomethingNow(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** Whether a folder may be there: all that is known not to be one, like a link, is none. */
export async function mayBeFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    return !['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
  }
}

/** Whether something is there, and no link is on the way to it. */
export async function leadsToItself(folder: string): Promise<boolean> {
  try {
    return (await realpath(folder)) === folder;
  } catch {
    return false;
  }
}
