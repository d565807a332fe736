import { escapeName } from '../catalog/escape-name.ts';
import type { Limits } from '../config/settings.ts';
import { ModelManagerError, toFailure } from '../errors.ts';
import type { Also } from '../operations/write-run.ts';
import { type BackupManifest, bytesOf } from './backup-manifest.ts';
import type { BackupStore } from './backup-store.ts';
import { beyondLimits } from './beyond-limits.ts';
import { lastCopies } from './last-copies.ts';
import { findBackup, listBackups, type RunPlaces, type StoredBackup } from './stores-of-run.ts';
import { whileLocked } from './while-locked.ts';

/** Whose backups are deleted. */
export interface RunOfStores extends RunPlaces {
  /** How much the run's own store may hold. */
  limits: Limits;
  /** How long to wait for others that write to a store, in milliseconds. */
  wait: number;
}

/** @throws ModelNotFoundError; ModelManagerError when it holds the last copy of something */
export async function deleteSpare(run: RunOfStores, id: string, from: string | null): Promise<void> {
  const { store } = await findBackup(run, id, from);
  await whileAlone(run, store, async () => {
    await assertSpare(run, await findBackup(run, id, from), from);
    await store.delete(id);
  });
}

/**
 * Deletes backups of the run's own store that are beyond its limits, the oldest first, but never a last copy: the new one is
 * made, whatever comes of that. @returns what the log is to say of it
 */
export async function deleteBeyondLimits(run: RunOfStores, store: BackupStore): Promise<Also[]> {
  const gone: BackupManifest[] = [];
  const result = await whileAlone(run, store, async () => {
    await store.collect();
    for (let next = await nextToGo(run, store); next !== null; next = await nextToGo(run, store)) {
      await store.delete(next.id);
      gone.push(next);
    }
  }).then(
    () => 'done',
    (error: unknown) => toFailure(error).message,
  );
  if (gone.length === 0 && result === 'done') return [];
  const bytes = gone.reduce((sum, manifest) => sum + bytesOf(manifest), 0);
  return [{ command: 'delete backup (their limits)', ids: gone.map(({ id }) => id), result, bytes }];
}

/** Of a backup that came to nothing no bytes stay; while others back up, those are left to the next backup. */
export async function collectUnused(store: BackupStore): Promise<void> {
  if (!(await store.isMade().catch(() => false))) return;
  await whileAlone({ wait: 0 }, store, () => store.collect()).catch(() => undefined);
}

/** While nobody else does anything to the store. */
function whileAlone<T>(
  { wait }: Pick<RunOfStores, 'wait'>,
  store: BackupStore,
  work: () => Promise<T>,
): Promise<T> {
  return whileLocked(store, { command: 'delete backup', wait }, work);
}

/** @throws ModelManagerError for the last copy of a file that exists nowhere else; bytes that are damaged are no copy */
async function assertSpare(run: RunOfStores, stored: StoredBackup, from: string | null): Promise<void> {
  const { backups: known } = await listBackups(run, null);
  const { backups: named } = from === null ? { backups: [] } : await listBackups(run, from);
  const backups = [...known, ...named];
  for await (const { path, checksum } of lastCopies(stored, { ...run, backups })) {
    if (!(await stored.store.isWhole(checksum).catch(() => true))) continue;
    throw new ModelManagerError(
      `backup ${stored.manifest.id} is not deleted — it holds the last copy of ${escapeName(path)} — restore that first`,
    );
  }
}

async function nextToGo(run: RunOfStores, store: BackupStore): Promise<BackupManifest | null> {
  const { backups } = await listBackups(run, null);
  const own = backups.filter((each) => each.store.folder === store.folder).map(({ manifest }) => manifest);
  for (const manifest of beyondLimits(own, run.limits, Date.now())) {
    const last = await lastCopies({ manifest, store }, { ...run, backups }).next();
    if (last.done) return manifest;
  }
  return null;
}
