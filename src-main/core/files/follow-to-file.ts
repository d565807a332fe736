import { realpath, stat } from 'node:fs/promises';

/** Where a path leads, links followed; null when that is no regular file. @throws system errors, also when nothing is there */
export async function followToFile(path: string): Promise<string | null> {
  return (await stat(path)).isFile() ? realpath(path) : null;
}
