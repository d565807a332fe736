import { readdir, rmdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { lookAt } from './file-identity.ts';
import { inHeldFolder } from './held-folder.ts';

/**
 * Removes a folder with all that is in it. No link is followed, though one came in the place of a folder meanwhile.
 * @param folder absolute, below the root
 * @throws ModelManagerError where a link or a file is in the way; system errors; some of it is removed then
 */
export async function removeFolder(folder: string, root: string): Promise<void> {
  for (const inner of await removeFiles(folder, root)) await removeFolder(join(folder, inner), root);
  await inHeldFolder(dirname(folder), root, (held) => rmdir(join(held, basename(folder))));
}

/** @returns the names of the folders in it */
function removeFiles(folder: string, root: string): Promise<string[]> {
  return inHeldFolder(folder, root, async (held) => {
    const folders: string[] = [];
    for (const name of await readdir(held)) {
      const path = join(held, name);
      if (lookAt(path)?.type === 'folder') folders.push(name);
      else await unlink(path);
    }
    return folders;
  });
}
