import type { Disk } from './disk.ts';
import type { FileStatus } from './file-identity.ts';

/**
 * A folder as one thing: its size is that of all files below it, its time that of whatever below it was last written to. No link is
 * followed; anything but a folder is what it is.
 */
export async function lookAtWhole(disk: Disk, path: string): Promise<FileStatus | null> {
  const look = await disk.lookAt(path);
  if (look?.type !== 'folder') return look;
  const below = await looksBelow(disk, path);
  const size = below.reduce((sum, { type, size }) => (type === 'file' ? sum + size : sum), 0);
  // Its own time may change where it gets another place.
  return { ...look, size, mtimeMs: below.reduce((newest, { mtimeMs }) => Math.max(newest, mtimeMs), 0) };
}

async function looksBelow(disk: Disk, path: string): Promise<FileStatus[]> {
  const looks: FileStatus[] = [];
  for (const name of await disk.readdir(path)) {
    const look = await disk.lookAt(`${path}/${name}`);
    if (look) looks.push(look);
    if (look?.type === 'folder') looks.push(...(await looksBelow(disk, `${path}/${name}`)));
  }
  return looks;
}
