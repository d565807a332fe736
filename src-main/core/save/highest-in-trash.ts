import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { runFolders } from '../catalog/list-names.ts';
import type { Disk } from '../files/disk.ts';
import { fewAtATime } from '../files/few-at-a-time.ts';
import { namesIn } from '../files/names-in.ts';
import { keptFilesFolder } from '../operations/operation.ts';
import { knownOperations } from '../trash/known-operations.ts';
import { highestNumber } from './highest-number.ts';

/** The highest version number that a name in the trash bears; 0 for none. Damaged records do not matter to it. */
export async function highestInTrash(disk: Disk, root: string, config: StorageConfig): Promise<number> {
  const { operations, unknown } = await knownOperations(disk, root);
  const names = await fewAtATime(unknown, (id) => namesKept(disk, root, id, config));
  let highest = highestNumber(names.flat(), config);
  for (const { names: told } of operations) highest = Math.max(highest, highestNumber(told, config));
  return highest;
}

/** The names that the trash keeps for an operation of files in the folders for versions. */
async function namesKept(disk: Disk, root: string, id: string, config: StorageConfig): Promise<string[]> {
  const folder = `${root}/${keptFilesFolder(id)}`;
  const top = await namesIn(disk, folder);
  const below: string[] = [];
  for (const { path } of runFolders(config))
    if (top.includes(path.split('/')[0] ?? '')) below.push(...(await namesIn(disk, `${folder}/${path}`)));
  return [...top, ...below];
}
