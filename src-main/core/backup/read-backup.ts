import { errorCode } from '../files/error-code.ts';
import type { FileStatus } from '../files/file-identity.ts';
import { sameIdentity } from '../files/file-identity.ts';
import type { Reading } from '../files/stage-file.ts';
import { filesOf } from './backup-manifest.ts';
import type { StoredBackup } from './stores-of-run.ts';

/** What came of reading all bytes of a backup, and what its objects were before that. */
export interface BackupReading {
  whole: boolean;
  at: Date;
  objects: (FileStatus | null)[];
}

/** Compares the bytes of a backup with its checksums. That takes its time: nothing need be locked for it. */
export async function readBackup(stored: StoredBackup, follow: Reading = {}): Promise<BackupReading> {
  const objects = await looksAt(stored);
  let whole = true;
  for (const checksum of checksumsOf(stored))
    whole = (await stored.store.isWhole(checksum, follow).catch(unlessRotten)) && whole;
  return { whole, at: new Date(), objects };
}

/** Whether the objects are what they were when they were read: somebody may have put one back since, or taken it. */
export async function isStillSo(stored: StoredBackup, { objects }: BackupReading): Promise<boolean> {
  const now = await looksAt(stored);
  return now.every((look, index) => isSame(look, objects[index] ?? null));
}

function checksumsOf({ manifest }: StoredBackup): Set<string> {
  return new Set(filesOf(manifest).map(({ checksum }) => checksum));
}

async function looksAt(stored: StoredBackup): Promise<(FileStatus | null)[]> {
  const { store } = stored;
  const looks: (FileStatus | null)[] = [];
  for (const checksum of checksumsOf(stored)) looks.push(await store.disk.lookAt(store.objectPath(checksum)));
  return looks;
}

function isSame(a: FileStatus | null, b: FileStatus | null): boolean {
  return a === null || b === null ? a === b : sameIdentity(a, b);
}

/** What the disk can no longer read cannot be restored; of any other error nothing can be told. */
function unlessRotten(error: unknown): false {
  if (errorCode(error) === 'EIO') return false;
  throw error;
}
