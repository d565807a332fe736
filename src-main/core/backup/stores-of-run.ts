import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../../shared/model/run.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, ModelNotFoundError } from '../errors.ts';
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

/** Backups, newest first, and what of their records is damaged: by paths of the run, absolute ones elsewhere. */
export interface BackupListing {
  backups: StoredBackup[];
  problems: Problem[];
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
export async function listBackups(disk: Disk, root: string, bookkeeping: string): Promise<BackupListing> {
  const listings = await Promise.all(
    storesOf(disk, bookkeeping).map(async (store) => ({ store, ...(await store.list()) })),
  );
  const all = listings.flatMap(({ store, backups }) => backups.map((manifest) => ({ manifest, store })));
  const own = localStore(disk, bookkeeping).folder;
  const mine = all.filter(({ manifest, store }) => store.folder === own || manifest.run === root);
  return {
    backups: mine.sort((a, b) => (a.manifest.created_at < b.manifest.created_at ? 1 : -1)),
    problems: listings.flatMap(({ problems }) => problems.map((problem) => withinRun(root, problem))),
  };
}

function withinRun(root: string, { path, problem }: Problem): Problem {
  return { path: path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path, problem };
}

/** @throws ModelNotFoundError; ModelManagerError for one whose record is damaged */
export async function findBackup(
  disk: Disk,
  root: string,
  bookkeeping: string,
  id: string,
): Promise<StoredBackup> {
  const { backups, problems } = await listBackups(disk, root, bookkeeping);
  const found = backups.find(({ manifest }) => manifest.id === id);
  if (found) return found;
  const damaged = problems.find(({ path }) => basename(path) === `${id}.json`);
  if (damaged)
    throw new ModelManagerError(
      `backup ${escapeName(id)} cannot be used — its record is damaged, or another version of Cairn wrote it — put ${escapeName(damaged.path, 400)} back as it was, or move it away`,
      { path: damaged.path },
    );
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
