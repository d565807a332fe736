import { lstatSync, type Stats } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { sharesBlocks } from '../files/sharing-disks.ts';

/** So many files are looked at before others have a turn: there may be hundreds of thousands. */
const inOneGo = 1000;

/**
 * Bytes that a disk gains; `size` are those that the files hold, each path counted, as the trash and the history tell them.
 * `atMost`: files may share their blocks with others in ways that cannot be asked for.
 */
export interface DiskGain {
  bytes: number;
  size: number;
  atMost: boolean;
}

/** A file that a backup is a clone of: the blocks stay with the backup when the file goes. `mtime_ms` as it was then. */
export interface ClonedFile {
  ino: number;
  mtime_ms: number;
}

/**
 * The bytes that a disk gains when these files are gone: what they occupy, a file with several names only when all of them
 * go, one that a backup is a clone of not at all.
 */
export async function diskGain(
  paths: Iterable<string>,
  cloned: readonly ClonedFile[] = [],
): Promise<DiskGain> {
  let [looked, size] = [0, 0];
  const files = new Map<string, { names: number; stats: Stats; path: string }>();
  for (const path of new Set(paths)) {
    looked += 1;
    if (looked % inOneGo === 0) await setImmediate();
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile()) continue;
    size += stats.size;
    const key = `${stats.dev}:${stats.ino}`;
    files.set(key, { names: (files.get(key)?.names ?? 0) + 1, stats, path });
  }
  const going = [...files.values()].filter(({ names, stats }) => names >= stats.nlink);
  const owned = going.filter(({ stats }) => !cloned.some((clone) => isOf(clone, stats)));
  return {
    bytes: owned.reduce((sum, { stats }) => sum + occupied(stats), 0),
    size,
    atMost: owned.some(({ path }) => sharesBlocks(path)),
  };
}

function isOf({ ino, mtime_ms }: ClonedFile, stats: Stats): boolean {
  return stats.ino === ino && stats.mtimeMs === mtime_ms;
}

/** Windows counts no blocks. */
function occupied({ blocks, size }: Stats): number {
  return process.platform === 'win32' ? size : blocks * 512;
}
