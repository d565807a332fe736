import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { stagingFolderOf } from '../catalog/version-folders.ts';
import type { Disk } from '../files/disk.ts';
import type { OperationDraft } from '../operations/write-run.ts';
import type { BackedUpVersion } from './backup-source.ts';
import type { BackupStore } from './backup-store.ts';
import { commitRestore, planRestore, removeStaged, type StagedCopy, stageRestore } from './restore-backup.ts';

/** A restore, planned, copied and put in place at once. @returns the operation to undo */
export async function restoreVersions(
  disk: Disk,
  root: string,
  store: BackupStore,
  versions: readonly BackedUpVersion[],
  draft: OperationDraft,
): Promise<string | null> {
  const staged: StagedCopy[] = [];
  try {
    const plan = await planRestore(disk, root, store, versions);
    const folderOf = (path: string) => stagingFolderOf(path, defaultStorageConfig);
    await stageRestore(disk, root, store, plan, {}, staged, folderOf);
    return await commitRestore({ disk, root }, plan, staged, draft);
  } catch (error) {
    await removeStaged(disk, staged);
    throw error;
  }
}
