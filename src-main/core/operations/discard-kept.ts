import type { Disk } from '../files/disk.ts';
import { namesIn } from '../files/names-in.ts';
import { knownOperations } from '../trash/known-operations.ts';
import { trashFolder } from './operation.ts';
import { type Litter, removeLitter } from './remove-litter.ts';
import { assertNoLinks, removeEmptyFolders, removeTree, syncFolder } from './run-folders.ts';

const doomedName = /^\..+\.deleted$/;

/**
 * Deletes for good what the trash holds of an operation. First that gets a name that is no operation's: a deletion that is
 * interrupted leaves nothing that passes for whole.
 */
export async function discardKept(disk: Disk, root: string, id: string): Promise<void> {
  await assertNoLinks(disk, root, [`${trashFolder}/${id}`]);
  const doomed = `${root}/${trashFolder}/.${id}.deleted`;
  await removeTree(disk, doomed);
  await disk.rename(`${root}/${trashFolder}/${id}`, doomed);
  await syncFolder(disk, `${root}/${trashFolder}`);
  await removeTree(disk, doomed);
}

/** Ends deletions that were interrupted, and removes folders of operations that came to nothing. @returns what of it stays */
export async function sweepTrash(disk: Disk, root: string): Promise<Litter[]> {
  await assertNoLinks(disk, root, [`${trashFolder}/any`]);
  const folder = `${root}/${trashFolder}`;
  const names = await namesIn(disk, folder);
  if (names.some((name) => doomedName.test(name))) await syncFolder(disk, folder);
  const known = new Set((await knownOperations(disk, root)).operations.map(({ id }) => id));
  const litter: Litter[] = [];
  for (const name of names) {
    const path = `${folder}/${name}`;
    if (doomedName.test(name)) litter.push(...(await removeLitter(path, (each) => removeTree(disk, each))));
    else if (known.has(name)) continue;
    else if (!(await disk.lookAt(`${path}/manifest.json`))) await removeEmptyFolders(disk, path);
  }
  return litter;
}
