import { readdir, rmdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { lookAt } from './file-identity.ts';
import { inHeldFolder } from './held-folder.ts';

/**
 * Removes a folder with all that is in it: folders go before the files beside them. No link is followed, though one came in the place of
 * a folder meanwhile.
 * @param folder absolute, below the root
 * @throws ModelManagerError where a link or a file is in the way; system errors; some of it is removed then
 */
export async function removeFolder(folder: string, root: string): Promise<void> {
  for (const inner of await inHeldFolder(folder, root, foldersIn))
    await removeFolder(join(folder, inner), root);
  await inHeldFolder(folder, root, removeFiles);
  await inHeldFolder(dirname(folder), root, (held) => rmdir(join(held, basename(folder))));
}

async function foldersIn(held: string): Promise<string[]> {
  const names = await readdir(held);
  return names.filter((name) => lookAt(join(held, name))?.type === 'folder');
}

async function removeFiles(held: string): Promise<void> {
  for (const name of await readdir(held)) await unlink(join(held, name));
}
