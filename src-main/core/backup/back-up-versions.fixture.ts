import type { VersionFiles } from '../catalog/files-of-versions.ts';
import { type BackedUp, type BackupRequest, copyVersions, putOnRecord } from './back-up-versions.ts';
import type { BackupStore } from './backup-store.ts';

/** A backup of versions, copied and put on record at once, after what others left was swept away. */
export async function backUpVersions(
  store: BackupStore,
  root: string,
  versions: readonly VersionFiles[],
  request: BackupRequest,
): Promise<BackedUp> {
  await store.sweep().catch(() => undefined);
  return putOnRecord(store, root, await copyVersions(store, root, versions, request), request);
}
