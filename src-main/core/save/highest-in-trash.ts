import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { runFolders } from '../catalog/list-names.ts';
import type { Disk } from '../files/disk.ts';
import { fewAtATime } from '../files/few-at-a-time.ts';
import { namesIn } from '../files/names-in.ts';
import { keptFilesFolder } from '../operations/operation.ts';
import { operationsInTrash } from '../trash/operations-in-trash.ts';
import { highestNumber } from './highest-number.ts';

interface KnownNumbers {
  config: StorageConfig;
  byOperation: ReadonlyMap<string, number>;
}

/** By run. What an operation keeps never becomes more, so its names are read once: a training asks with each save. */
const known = new WeakMap<Disk, Map<string, KnownNumbers>>();

/** The highest version number that a name in the trash bears; 0 for none. Damaged records do not matter to it. */
export async function highestInTrash(disk: Disk, root: string, config: StorageConfig): Promise<number> {
  const runs = known.get(disk) ?? new Map<string, KnownNumbers>();
  const before = runs.get(root);
  const seen = before?.config === config ? before.byOperation : new Map<string, number>();
  const numbers = await fewAtATime(
    await operationsInTrash(disk, root),
    async (id): Promise<[id: string, number: number]> => [
      id,
      seen.get(id) ?? highestNumber(await namesKept(disk, root, id, config), config),
    ],
  );
  known.set(disk, runs.set(root, { config, byOperation: new Map(numbers) }));
  return numbers.reduce((highest, [, number]) => Math.max(highest, number), 0);
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
