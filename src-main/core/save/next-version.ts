import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { runFolders } from '../catalog/list-names.ts';
import { parseFileName } from '../catalog/parse-file-name.ts';
import type { Disk } from '../files/disk.ts';
import { namesIn } from '../operations/discard-kept.ts';
import { listTrash } from '../trash/list-trash.ts';

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
  const folders = await Promise.all(runFolders(config).map(({ path }) => namesIn(disk, `${root}/${path}`)));
  const trashed = (await listTrash(disk, root)).flatMap(({ steps }) => steps.map(({ from }) => from));
  let highest = known;
  for (const name of [...folders.flat(), ...trashed]) highest = Math.max(highest, numberIn(name));
  return highest + 1;
}

function numberIn(path: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return parseFileName(name.replace(/\.(?:[a-z]+|pt\.gz|pt\.backup)$/i, '')).version ?? 0;
}
