import { realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../../shared/model/run.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, ModelNotFoundError, UsageError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { explainError } from '../files/error-code.ts';
import { fewAtATime } from '../files/few-at-a-time.ts';
import { mostBytes, readRecord } from '../files/read-record.ts';
import { replaceDurably } from '../files/replace-durably.ts';
import { assertNamed } from '../open-run-folder.ts';
import { ownFolder } from '../operations/operation.ts';
import { risingTimes } from '../operations/rising-times.ts';
import { type BackupManifest, compareAge } from './backup-manifest.ts';
import { BackupStore, storeFolders } from './backup-store.ts';
import { storesFile } from './count-backups.ts';
import { overwrittenId } from './overwritten-files.ts';
import { isOf } from './owner-of-backup.ts';
import { tellRunId } from './run-identity.ts';

const storeName = 'backups';
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

/** The folders of a run in which its own store stages files. */
export const ownStoreFolders = storeFolders.map((name) => `${ownFolder}/${storeName}/${name}`);

export function localStore(disk: Disk, bookkeeping: string): BackupStore {
  return new BackupStore(disk, join(bookkeeping, storeName));
}

/** Remembers, durably, that backups of the run are in a folder. @throws ModelManagerError where the other folders cannot be told */
export async function rememberStore(disk: Disk, bookkeeping: string, folder: string): Promise<void> {
  const folders = await rememberedStores(disk, bookkeeping);
  if (folders.includes(folder)) return;
  const text = JSON.stringify({ format: 1, folders: [...folders, folder] });
  await replaceDurably(disk, bookkeeping, storesFile, Buffer.from(text));
}

/** The folders elsewhere that backups of the run went to. @throws ModelManagerError where their list is damaged */
export async function rememberedStores(disk: Disk, bookkeeping: string): Promise<string[]> {
  const { folders, problems } = await readFolders(disk, bookkeeping);
  if (problems.length > 0) throw unsureOfStores(join(bookkeeping, storesFile));
  return folders;
}

/** Whose backups are asked for. */
export interface RunPlaces {
  disk: Disk;
  root: string;
  bookkeeping: string;
}

/**
 * The backups of a run in all its stores, newest first; of a store that is not there now that is told.
 * @param from a store, or a run that keeps one: all that is in it instead, of whatever run
 * @throws UsageError when there is none
 */
export async function listBackups(run: RunPlaces, from: string | null = null): Promise<BackupListing> {
  const listings = from === null ? await listKnown(run) : [await listIn(await namedStore(run.disk, from))];
  return {
    backups: listings
      .flatMap(({ backups }) => dated(backups))
      .sort((a, b) => b.time - a.time)
      .map(({ backup }) => backup),
    problems: listings.flatMap(({ problems }) => problems.map((problem) => withinRun(run.root, problem))),
  };
}

/** Backups of one store, newest first, with times that never go back as clocks do. */
function dated(backups: readonly StoredBackup[]): { backup: StoredBackup; time: number }[] {
  const ordered = [...backups].sort((a, b) => compareAge(a.manifest, b.manifest));
  const times = risingTimes(ordered.map(({ manifest }) => Date.parse(manifest.created_at)));
  return ordered.map((backup, index) => ({ backup, time: times[index] ?? 0 })).reverse();
}

function withinRun(root: string, { path, problem }: Problem): Problem {
  return { path: path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path, problem };
}

/** @throws ModelNotFoundError; ModelManagerError for one whose record is damaged */
export async function findBackup(run: RunPlaces, id: string, from: string | null): Promise<StoredBackup> {
  const { backups, problems } = await listBackups(run, from);
  const found = backups.find(({ manifest }) => manifest.id === id);
  if (found) return found;
  const damaged = problems.find(({ path }) => basename(path) === `${id}.json`);
  if (damaged)
    throw new ModelManagerError(
      `backup ${escapeName(id)} cannot be used — its record is damaged, or another version of Cairn wrote it — put ${escapeName(damaged.path, 400)} back as it was, or move it away`,
      { path: damaged.path },
    );
  if (id === overwrittenId) throw onlyRestored();
  throw new ModelNotFoundError(
    from === null
      ? `no backup “${escapeName(id)}” — this run has none of that id — see cairn backups; for one of another run, also one that this is a copy of, or of this one by an early Cairn before it was moved, name its folder with --from`
      : `no backup “${escapeName(id)}” — ${escapeName(from)} has none of that id — see cairn backups --from`,
  );
}

function onlyRestored(): UsageError {
  return new UsageError(
    `“${overwrittenId}” can only be restored — its files stand beside their versions, go to the trash with them, and no checksum of them is on record — see cairn backups`,
  );
}

/** What tells whose a backup is: what its manifest says, and in which store it is. */
interface Owned {
  manifest: Pick<BackupManifest, 'run' | 'run_id'>;
  store: { readonly folder: string };
}

/** Whether a backup is surely one of this run, wherever that was when it was made. */
export async function isOfRun(
  { disk, root, bookkeeping }: RunPlaces,
  { manifest, store }: Owned,
): Promise<boolean> {
  const identity = await tellRunId(disk, bookkeeping);
  const isOwn = store.folder === localStore(disk, bookkeeping).folder;
  if (isOwn && [identity.id, ...identity.former].includes(manifest.run_id ?? null)) return true;
  return (await isOf({ disk, root, identity }, manifest)) === true;
}

/** The folder of the run that a backup is of where that is another one, or this one when it was elsewhere and nobody can tell; null for this one. */
export async function otherRunOf(run: RunPlaces, backup: Owned): Promise<string | null> {
  return (await isOfRun(run, backup)) ? null : backup.manifest.run;
}

/** With the run is what it backed up there; elsewhere others may have backed up too. */
async function listKnown({ disk, root, bookkeeping }: RunPlaces): Promise<BackupListing[]> {
  const { problems: unknown, ...identity } = await tellRunId(disk, bookkeeping);
  const known = await readFolders(disk, bookkeeping);
  const elsewhere = known.folders.map(async (folder) => {
    const store = new BackupStore(disk, folder);
    const { backups, problems } = await tryListIn(store);
    // Where nobody can tell whose it is, it is shown; that it is deleted takes more.
    const isMine = await fewAtATime(backups, ({ manifest }) => isOf({ disk, root, identity }, manifest));
    const mine = backups.filter((_, index) => isMine[index] !== false);
    return { backups: mine, problems: [...problems, ...(await tellMissing(store))] };
  });
  const own = tryListIn(localStore(disk, bookkeeping));
  return Promise.all([own, ...elsewhere, { backups: [], problems: [...known.problems, ...unknown] }]);
}

async function listIn(store: BackupStore): Promise<BackupListing> {
  const { backups, problems } = await store.list();
  return { backups: backups.map((manifest) => ({ manifest, store })), problems };
}

/** A store that cannot be read stands in the way of no other; its backups count as no copies, so that fewer are deleted. */
async function tryListIn(store: BackupStore): Promise<BackupListing> {
  try {
    return await listIn(store);
  } catch (error) {
    const problem = `this folder of backups cannot be read, and what is in it is not listed: ${explainError(error)}`;
    return { backups: [], problems: [{ path: store.folder, problem }] };
  }
}

/** Where nothing is mounted, or the folder was moved, it may stand empty. */
async function tellMissing({ disk, folder }: BackupStore): Promise<Problem[]> {
  // Whoever cannot look there was told so.
  const look = await disk.lookAt(join(folder, 'manifests')).catch(() => undefined);
  if (look !== null) return [];
  const problem =
    'backups of this run are also in this folder, which is not there now: mount it, or name where it is with --from';
  return [{ path: folder, problem }];
}

async function namedStore(disk: Disk, folder: string): Promise<BackupStore> {
  assertNamed(folder);
  const asked = resolve(folder);
  for (const path of [asked, join(asked, ownFolder, storeName)])
    if ((await disk.lookAt(join(path, 'manifests')))?.type === 'folder')
      return new BackupStore(disk, realpathSync(path));
  const why = (await disk.lookAt(asked)) ? 'it is no folder of backups' : 'it is not there';
  throw new UsageError(
    `no backups are in ${escapeName(folder)} — ${why} — name the folder that they went to, or the run that keeps them`,
    { path: folder },
  );
}

/** The folders that backups of the run went to; where their list is damaged, that is told. */
async function readFolders(
  disk: Disk,
  bookkeeping: string,
): Promise<{ folders: string[]; problems: Problem[] }> {
  const path = join(bookkeeping, storesFile);
  const read = await readRecord(disk, path, (text) => storesSchema.parse(JSON.parse(text)), mostBytes.run);
  if (read === null) return { folders: [], problems: [] };
  if ('value' in read) return { folders: read.value.folders, problems: [] };
  const problem =
    'the list of folders with backups of this run is damaged, or another version of Cairn wrote it: what is elsewhere is not listed. Name such a folder with --from; fix the list, or move it away';
  return { folders: [], problems: [{ path, problem }] };
}

function unsureOfStores(path: string): ModelManagerError {
  return new ModelManagerError(
    `cannot tell where backups of this run are — ${path} is damaged, or another version of Cairn wrote it — fix it, or move it away and name those folders with --from`,
    { path },
  );
}
