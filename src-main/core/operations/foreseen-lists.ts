import { join } from 'node:path';
import { type Disk, realDisk } from '../files/disk.ts';
import { tryLookAt } from '../files/file-identity.ts';
import { type ChecksumList, checksumListName, readChecksumList } from '../integrity/checksum-list.ts';
import { checksumsIn } from '../integrity/listed-lines.ts';
import { findObstacle, judgeSteps } from './judge-step.ts';
import { intentFolder, type Operation } from './operation.ts';
import { readIntents } from './recover-run.ts';

/** What an interrupted operation is yet to change in the run's list of checksums. */
export type ForeseenList = Pick<Operation, 'id' | 'unlisted' | 'listed'>;

/** What recovering the run would change in its list of checksums, oldest first. */
export async function foreseeLists(root: string, disk: Disk = realDisk): Promise<ForeseenList[]> {
  const lists: ForeseenList[] = [];
  for (const operation of await readIntents(disk, root))
    if (changesList(operation) && !findObstacle(await judgeSteps(disk, root, operation.steps)))
      lists.push(operation);
  return lists;
}

/** The run's own list, as recovering the run will leave it; what was recovered since it was foreseen counts no more. */
export function readListAsRecovered(root: string, foreseen: readonly ForeseenList[]): ChecksumList {
  const pending = foreseen.filter(({ id }) => tryLookAt(join(root, intentFolder, `${id}.json`)) !== null);
  const { checksums, ...told } = readChecksumList(join(root, checksumListName));
  for (const { unlisted, listed } of pending) {
    for (const [name, checksum] of checksumsIn(unlisted))
      if (checksums.get(name) === checksum) checksums.delete(name);
    for (const [name, checksum] of checksumsIn(listed)) checksums.set(name, checksum);
  }
  return { checksums, ...told };
}

function changesList({ unlisted = [], listed = [] }: Operation): boolean {
  return unlisted.length + listed.length > 0;
}
