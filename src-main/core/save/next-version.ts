import { basename, join } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { countBackups } from '../backup/count-backups.ts';
import { runFolders } from '../catalog/list-names.ts';
import type { Disk } from '../files/disk.ts';
import { namesIn } from '../files/names-in.ts';
import { ownFolder } from '../operations/operation.ts';
import { highestInLog } from './highest-in-log.ts';
import { highestInTrash } from './highest-in-trash.ts';
import { highestNumber } from './highest-number.ts';

/**
 * One more than any version number that a name of the run bears, in its folders, its trash or its own backups, or that its log tells of, so
 * that no number is given twice: a version that is restored later is told from what was saved since. Under the run's lock that holds across
 * processes.
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
  const backedUp = highestInBackups(root, config);
  const logged = highestInLog(join(root, ownFolder), config);
  return Math.max(known, trashed, backedUp, logged, highestNumber(names.flat(), config)) + 1;
}

/** Of what a person deleted for good a backup may be left. */
function highestInBackups(root: string, config: StorageConfig): number {
  const ids = countBackups(join(root, ownFolder)).keys();
  return highestNumber(
    Array.from(ids, (id) => basename(id)),
    config,
  );
}
