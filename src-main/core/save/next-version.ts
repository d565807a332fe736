import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { runFolders } from '../catalog/list-names.ts';
import type { Disk } from '../files/disk.ts';
import { namesIn } from '../files/names-in.ts';
import { highestInTrash } from './highest-in-trash.ts';
import { highestNumber } from './highest-number.ts';

/**
 * One more than any version number that a name of the run bears, in its folders or its trash, so that no number is given
 * twice. Under the run's lock that holds across processes.
 * @param known the highest number that sidecars tell
 */
export async function nextVersion(
  disk: Disk,
  root: string,
  config: StorageConfig,
  known: number,
): Promise<number> {
  const names = await Promise.all(runFolders(config).map(({ path }) => namesIn(disk, `${root}/${path}`)));
  const trashed = await highestInTrash(disk, root, config);
  return Math.max(known, trashed, highestNumber(names.flat(), config)) + 1;
}
