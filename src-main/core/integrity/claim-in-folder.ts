import { basename, dirname } from 'node:path';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { placeOf } from '../catalog/group-names.ts';
import { listNames, type RunFolder } from '../catalog/list-names.ts';
import { groupsIn } from '../catalog/list-run.ts';
import { readGroup } from '../catalog/read-group.ts';
import { tryLookAt } from '../files/file-identity.ts';
import { checksumListName, readChecksumList } from './checksum-list.ts';
import { claimCompanions } from './claim-companions.ts';
import type { Claim } from './verification.ts';

const folder: RunFolder = { path: '', purpose: 'mixed' };
const config = defaultStorageConfig;

/** Of a file outside any run: what the sidecar or list of checksums beside it says. @param file absolute */
export function claimInFolder(file: string): Claim {
  const [root, own] = [dirname(file), basename(file)];
  const { stem } = placeOf(folder, own, config);
  const names = listNames(root, folder).names.filter((name) => placeOf(folder, name, config).stem === stem);
  const { checksums } = readChecksumList(`${root}/${checksumListName}`);
  const context = { root, checksums, backupSuffix: config.backup_suffix };
  const entries = [...groupsIn({ folder, names }, config)].flatMap(
    (group) => readGroup(group, { ...context, lookAt: (name) => tryLookAt(`${root}/${name}`) }).entries,
  );
  const entry = entries.find(({ record }) => record.id === own);
  const { checksum = null } = entry?.record ?? {};
  const companions = claimCompanions(own, { root, pathOf: (id) => `${root}/${id}`, checksums });
  return {
    ...{ id: file, path: file, expected: checksum, recordedSize: entry?.recordedSize ?? null },
    previous: null,
    ...(companions.length === 0 ? {} : { companions }),
  };
}
