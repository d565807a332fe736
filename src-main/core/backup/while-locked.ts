import { stat } from 'node:fs/promises';
import { escapeName } from '../catalog/escape-name.ts';
import { type LockRequest, lockFolder } from '../lock/lock-run.ts';
import type { BackupStore } from './backup-store.ts';

/**
 * Does something to a store while it is locked: runs may share one, and whoever may write to the folder may lock it.
 * @throws ModelManagerError when it is not free in time
 */
export async function whileLocked<T>(
  store: BackupStore,
  request: Omit<LockRequest, 'what' | 'mode'>,
  work: () => Promise<T>,
): Promise<T> {
  await store.prepare();
  const mode = (await stat(store.folder)).mode & 0o666;
  const what = `the backup folder ${escapeName(store.folder)}`;
  const lock = await lockFolder(store.folder, { ...request, what, mode });
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/** While others may add to the store too, and none deletes from it. @param wait milliseconds */
export function whileAdding<T>(store: BackupStore, wait: number, work: () => Promise<T>): Promise<T> {
  return whileLocked(store, { command: 'backup', wait, shared: true }, work);
}
