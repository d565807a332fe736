import type { Disk } from './disk.ts';
import { errorCode } from './error-code.ts';

/** The names in a folder that may not be there. @throws system errors as they are */
export async function namesIn(disk: Disk, path: string): Promise<string[]> {
  try {
    return await disk.readdir(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
