import { readFile, stat } from 'node:fs/promises';
import { escapeName } from '../catalog/escape-name.ts';
import { UsageError } from '../errors.ts';
import { lookAt } from '../files/file-identity.ts';
import { isTextOfHolder, type LockRequest, lockFolder } from '../lock/lock-run.ts';
import type { BackupStore } from './backup-store.ts';

/** `makes`: the store is made where it is not there. Anybody else must not make one where its disk is gone. */
type StoreLock = Omit<LockRequest, 'what' | 'mode'> & { makes?: boolean };

/**
 * Does something to a store while it is locked: runs may share one, and whoever may write to the folder may lock it.
 * @throws ModelManagerError when it is not free in time; UsageError where its lock is a file of somebody else; ENOENT where its folder is gone
 */
export async function whileLocked<T>(
  store: BackupStore,
  { makes = false, ...request }: StoreLock,
  work: () => Promise<T>,
): Promise<T> {
  await assertOwnLock(store.folder);
  if (makes) await store.prepare();
  const mode = (await stat(store.folder)).mode & 0o666;
  const what = `the backup folder ${escapeName(store.folder)}`;
  const lock = await lockFolder(store.folder, { ...request, what, mode });
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/** Of what stands in the file of a lock, in bytes. */
const longestText = 4096;

/** In a folder that a person chose anything may have that name, and whoever locks it writes to it. @throws UsageError */
async function assertOwnLock(folder: string): Promise<void> {
  const path = `${folder}/lock`;
  const look = lookAt(path);
  if (look?.type !== 'file') return;
  if (look.size < longestText && isTextOfHolder(await readFile(path, 'utf8'))) return;
  throw new UsageError(
    `nothing is put into ${escapeName(folder)} — the file lock in it is not Cairn’s — name another folder, or move it away`,
    { path },
  );
}

/** While others may add to the store too, and none deletes from it. @param wait milliseconds */
export function whileAdding<T>(store: BackupStore, wait: number, work: () => Promise<T>): Promise<T> {
  return whileLocked(store, { command: 'backup', wait, shared: true }, work);
}

/** {@link whileAdding}, to a store that may not be there yet. */
export function whileMaking<T>(store: BackupStore, wait: number, work: () => Promise<T>): Promise<T> {
  return whileLocked(store, { command: 'backup', wait, shared: true, makes: true }, work);
}

/** While nobody else does anything to the store. @param wait milliseconds */
export function whileDeleting<T>(store: BackupStore, wait: number, work: () => Promise<T>): Promise<T> {
  return whileLocked(store, { command: 'delete backup', wait }, work);
}
