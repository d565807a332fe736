import { type LockRequest, lockFolder } from '../lock/lock-run.ts';
import type { BackupStore } from './backup-store.ts';

/** Does something to a store while it is locked: runs may share one. @throws ModelManagerError when it is not free in time */
export async function whileLocked<T>(
  store: BackupStore,
  request: Omit<LockRequest, 'what'>,
  work: () => Promise<T>,
): Promise<T> {
  await store.prepare();
  const lock = await lockFolder(store.folder, { what: `the backup folder ${store.folder}`, ...request });
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
