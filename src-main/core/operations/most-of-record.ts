import type { Disk } from '../files/disk.ts';
import { namesIn } from '../files/names-in.ts';
import { mostBytes } from '../files/read-record.ts';

/** So many bytes a record may have whatever is in the run, and for each name in it: of a version that is four paths, and a line of a list. */
const whatever = 1024 * 1024;
const perName = 16 * 1024;

/**
 * The most bytes that the record of an operation on a run may have: each of its steps is of a file that is somewhere in the run, or its trash.
 * What somebody put there that tells of more files than there are costs no time to read.
 * @param size that it has: no more names are counted than allow for it
 */
export async function mostOfRecord(disk: Disk, root: string, size: number): Promise<number> {
  const wanted = Math.ceil((Math.min(size, mostBytes.files) - whatever) / perName);
  const names = wanted > 0 ? await countNames(disk, root, wanted) : 0;
  return Math.min(mostBytes.files, whatever + names * perName);
}

/** How many names are below a folder, no link followed; no more than are wanted. A folder that cannot be read may have all of them. */
async function countNames(disk: Disk, folder: string, wanted: number): Promise<number> {
  const names = await namesIn(disk, folder).catch(() => null);
  let count = names?.length ?? wanted;
  for (const name of names ?? []) {
    if (count >= wanted) break;
    const path = `${folder}/${name}`;
    if ((await disk.lookAt(path))?.type === 'folder') count += await countNames(disk, path, wanted - count);
  }
  return Math.min(count, wanted);
}
