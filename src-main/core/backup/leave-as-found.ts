import type { BackupStore } from './backup-store.ts';
import { whileDeleting } from './while-locked.ts';

/**
 * Of a backup that came to nothing no bytes stay, nor what was made of the store for it; while others back up, all that is left to a later backup.
 * @param found what of the store was there before
 * @param added checksums of the bytes that were not
 */
export async function leaveAsFound(
  store: BackupStore,
  found: ReadonlySet<string>,
  added: ReadonlySet<string>,
): Promise<void> {
  if (!(await store.isMade().catch(() => false))) return;
  await whileDeleting(store, 0, async () => {
    await store.drop(added);
    await store.unmake(found);
  }).catch(() => undefined);
}

/** Removes the bytes that a backup added and has no use for, unless others back up meanwhile. */
export async function dropUnused(store: BackupStore, added: ReadonlySet<string>): Promise<void> {
  await whileDeleting(store, 0, () => store.drop(added)).catch(() => undefined);
}
