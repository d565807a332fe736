import type { Disk } from '../files/disk.ts';
import { checksumListName } from '../integrity/checksum-list.ts';
import { withLines, withoutLines } from '../integrity/listed-lines.ts';
import { replaceList } from '../integrity/replace-list.ts';
import type { Operation } from './operation.ts';
import { syncFolder } from './run-folders.ts';

/**
 * Takes what an operation moves away from the run's list of checksums, and puts on it again what comes back. Done once more it changes
 * nothing.
 */
export async function changeList(
  disk: Disk,
  root: string,
  { unlisted = [], listed = [] }: Operation,
): Promise<void> {
  if (unlisted.length + listed.length === 0) return;
  const path = `${root}/${checksumListName}`;
  await replaceList(disk, path, (list) => withLines(withoutLines(list, unlisted), listed));
  await syncFolder(disk, root);
}
