import { join } from 'node:path';
import { z } from 'zod';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelNotFoundError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode } from '../files/error-code.ts';
import { readText } from '../files/read-text.ts';
import { replaceDurably } from '../files/replace-durably.ts';
import type { BackupManifest } from './backup-manifest.ts';
import { BackupStore } from './backup-store.ts';

const fileName = 'stores.json';
const storesSchema = z.strictObject({ format: z.literal(1), folders: z.array(z.string()) });

/** A backup, and the store that holds it. */
export interface StoredBackup {
  manifest: BackupManifest;
  store: BackupStore;
}

/** The stores that hold backups of a run: its own, and the folders that backups went to. */
function storesOf(disk: Disk, bookkeeping: string): BackupStore[] {
  return [
    localStore(disk, bookkeeping),
    ...readFolders(bookkeeping).map((folder) => new BackupStore(disk, folder)),
  ];
}

export function localStore(disk: Disk, bookkeeping: string): BackupStore {
  return new BackupStore(disk, join(bookkeeping, 'backups'));
}

/** Remembers that backups of the run are in a folder. */
export async function rememberStore(disk: Disk, bookkeeping: string, folder: string): Promise<void> {
  const folders = readFolders(bookkeeping);
  if (folders.includes(folder)) return;
  const text = JSON.stringify({ format: 1, folders: [...folders, folder] });
  await replaceDurably(disk, bookkeeping, fileName, Buffer.from(text));
}

/** The backups of a run in all its stores, newest first; a store that is not mounted now holds none. */
export async function listBackups(disk: Disk, root: string, bookkeeping: string): Promise<StoredBackup[]> {
  const [local, ...others] = storesOf(disk, bookkeeping);
  const own = local ? (await local.list()).map((manifest) => ({ manifest, store: local })) : [];
  const elsewhere = await Promise.all(
    others.map(async (store) => (await store.list()).map((manifest) => ({ manifest, store }))),
  );
  const mine = elsewhere.flat().filter(({ manifest }) => manifest.run === root);
  return [...own, ...mine].sort((a, b) => (a.manifest.created_at < b.manifest.created_at ? 1 : -1));
}

/** @throws ModelNotFoundError */
export async function findBackup(
  disk: Disk,
  root: string,
  bookkeeping: string,
  id: string,
): Promise<StoredBackup> {
  const found = (await listBackups(disk, root, bookkeeping)).find(({ manifest }) => manifest.id === id);
  if (found) return found;
  throw new ModelNotFoundError(
    `no backup “${escapeName(id)}” — this run has none of that id — see cairn backups`,
  );
}

function readFolders(bookkeeping: string): string[] {
  try {
    return storesSchema.parse(JSON.parse(readText(join(bookkeeping, fileName), 1 << 20))).folders;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
