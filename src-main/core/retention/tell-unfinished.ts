import { posix } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { isOneFile } from '../catalog/sets-in-folders.ts';
import { innerFolderOf } from '../catalog/version-folders.ts';
import { isYoung } from '../files/file-identity.ts';

type Listed = Pick<ListedVersion, 'id' | 'state' | 'detail' | 'number' | 'modifiedAt'>;

/**
 * Why a version of several files of which some are not there may be on its way, in words; null for any other. Between one file and the next all processes
 * of a training wait for each other, and nothing changes meanwhile: so one that was touched of late, or has the highest number where it stands, counts
 * as being saved.
 */
export function tellUnfinished(
  versions: readonly Listed[],
  config: StorageConfig,
): (version: Listed) => string | null {
  const isUnfinished = ({ id, state, detail }: Listed) =>
    state === 'torn' && detail !== null && !isOneFile(id, config);
  if (!versions.some(isUnfinished)) return () => null;
  const placeOf = (id: string) => posix.dirname(innerFolderOf(id, config) ?? id);
  const most = new Map<string, number>();
  for (const { id, number } of versions)
    if (number !== null) most.set(placeOf(id), Math.max(number, most.get(placeOf(id)) ?? number));
  return (version) => {
    if (!isUnfinished(version)) return null;
    const isHighest = version.number !== null && version.number === most.get(placeOf(version.id));
    if (isHighest) return 'not finished, and none has a higher number: it may be on its way';
    return isYoung({ mtimeMs: version.modifiedAt }) ? 'not finished, and may still be written' : null;
  };
}
