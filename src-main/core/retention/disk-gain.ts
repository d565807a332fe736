import { lstatSync, type Stats } from 'node:fs';
import { inTurns } from '../files/in-turns.ts';
import { sharesBlocks } from '../files/sharing-disks.ts';

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
  signal?: AbortSignal,
): Promise<DiskGain> {
  let size = 0;
  const files = new Map<string, { names: number; stats: Stats; path: string }>();
  const look = (path: string) => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile()) return;
    size += stats.size;
    const key = `${stats.dev}:${stats.ino}`;
    files.set(key, { names: (files.get(key)?.names ?? 0) + 1, stats, path });
  };
  for await (const some of inTurns(new Set(paths), signal)) some.forEach(look);
  const going = [...files.values()].filter(({ names, stats }) => names >= stats.nlink);
  const clones = new Set(cloned.map(({ ino, mtime_ms }) => `${ino}:${mtime_ms}`));
  const owned = going.filter(({ stats }) => !clones.has(`${stats.ino}:${stats.mtimeMs}`));
  return {
    bytes: owned.reduce((sum, { stats }) => sum + occupied(stats), 0),
    size,
    atMost: oneOfEachDisk(owned).some(({ path }) => sharesBlocks(path)),
  };
}

/** Of a hundred thousand files on one disk it need be asked but once. */
function oneOfEachDisk<F extends { stats: Stats }>(files: readonly F[]): F[] {
  return [...new Map(files.map((file) => [file.stats.dev, file])).values()];
}

/** Windows counts no blocks. */
function occupied({ blocks, size }: Stats): number {
  return process.platform === 'win32' ? size : blocks * 512;
}
