import { lstatSync } from 'node:fs';

/**
 * The bytes that a disk gains when these files are gone: what they occupy, a file with several names only when all of them
 * go. Clones that share their blocks with a file elsewhere gain less: for them it is the most it can be.
 */
export function diskGain(paths: Iterable<string>): number {
  const inodes = new Map<string, { names: number; links: number; bytes: number }>();
  for (const path of new Set(paths)) {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile()) continue;
    const key = `${stats.dev}:${stats.ino}`;
    const known = inodes.get(key);
    if (known) known.names += 1;
    else inodes.set(key, { names: 1, links: stats.nlink, bytes: occupied(stats) });
  }
  return [...inodes.values()].reduce((sum, { names, links, bytes }) => sum + (names >= links ? bytes : 0), 0);
}

/** Windows counts no blocks. */
function occupied({ blocks, size }: { blocks?: number; size: number }): number {
  return process.platform === 'win32' || blocks === undefined ? size : blocks * 512;
}
