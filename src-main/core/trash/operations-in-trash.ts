import type { Disk } from '../files/disk.ts';
import { namesIn } from '../files/names-in.ts';
import { trashFolder } from '../operations/operation.ts';
import { assertNoLinks } from '../operations/run-folders.ts';

/**
 * The ids of the operations that the trash has a folder of; one that is being deleted has none any more.
 * @throws ModelManagerError where a link is in the way
 */
export async function operationsInTrash(disk: Disk, root: string): Promise<string[]> {
  await assertNoLinks(disk, root, [`${trashFolder}/any`]);
  const names = await namesIn(disk, `${root}/${trashFolder}`);
  return names.filter((name) => !name.startsWith('.'));
}
