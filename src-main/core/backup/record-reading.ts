import { errorCode } from '../files/error-code.ts';
import type { BackupManifest } from './backup-manifest.ts';
import { type BackupReading, isStillSo, readBackup } from './read-backup.ts';
import type { StoredBackup } from './stores-of-run.ts';
import { whileAdding } from './while-locked.ts';

/** A backup, and what came of reading its bytes. */
export interface ReadBackup {
  stored: StoredBackup;
  reading: BackupReading;
}

/**
 * Puts on record what came of reading a backup, which is read again where its objects were touched since.
 * @param wait for others that write to the store, in milliseconds
 * @returns null for one that another run deleted meanwhile, or whose store is gone
 */
export async function recordReading(
  { stored, reading }: ReadBackup,
  wait: number,
): Promise<StoredBackup | null> {
  const { manifest, store } = stored;
  const { whole, at } = (await isStillSo(stored, reading)) ? reading : await readBackup(stored);
  const state = whole ? 'verified' : 'damaged';
  const verified: BackupManifest = { ...manifest, verified_at: at.toISOString(), state };
  const isThere = await whileAdding(store, wait, () => store.rewrite(verified)).catch(unlessUnrecorded);
  return isThere ? { manifest: verified, store } : null;
}

const readOnly = new Set<unknown>(['EROFS', 'EACCES', 'EPERM']);

/** Where a store may only be read, nobody deletes from it, and there is no record of what came of verifying. @returns whether the store is there */
function unlessUnrecorded(error: unknown): boolean {
  const code = errorCode(error);
  if (readOnly.has(code)) return true;
  if (code === 'ENOENT') return false;
  throw error;
}
