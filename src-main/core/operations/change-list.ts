import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { checksumListName } from '../integrity/checksum-list.ts';
import { type ListedLine, linesAbout, withLines, withoutLines } from '../integrity/listed-lines.ts';
import { readList, replaceList } from '../integrity/replace-list.ts';
import type { Operation } from './operation.ts';
import { syncFolder, withFoldersAbove } from './run-folders.ts';

/** What an operation takes from the run's list of checksums, and what it puts there. */
export type ListChange = Pick<Operation, 'unlisted' | 'listed'>;

/**
 * Takes what an operation moves away from the run's list of checksums, and puts on it what it brings. Done once more it changes
 * nothing.
 */
export async function changeList(
  disk: Disk,
  root: string,
  { unlisted = [], listed = [] }: ListChange,
): Promise<void> {
  if (unlisted.length + listed.length === 0) return;
  const path = `${root}/${checksumListName}`;
  await replaceList(disk, path, (list) => withLines(withoutLines(list, unlisted), listed));
  await syncFolder(disk, root);
}

/** The lines of the run's list of checksums about these files, or what is in these folders. */
export async function linesAt(disk: Disk, root: string, paths: Iterable<string>): Promise<ListedLine[]> {
  const own = new Set(paths);
  const isAbout = (name: string) => withFoldersAbove(name).some((path) => own.has(path));
  return linesAbout(await readListIn(disk, root), isAbout);
}

/** Where something else has the name of the run's list of checksums, nothing is on it. */
function readListIn(disk: Disk, root: string): Promise<Buffer> {
  return readList(disk, `${root}/${checksumListName}`).catch((error: unknown) => {
    if (error instanceof ModelManagerError) return Buffer.alloc(0);
    throw error;
  });
}
