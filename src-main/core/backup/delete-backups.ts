import { join } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import type { Limits } from '../config/settings.ts';
import { ModelManagerError, toFailure, UsageError } from '../errors.ts';
import { steadyAges } from '../files/steady-ages.ts';
import { formatCount } from '../formats/plain-text.ts';
import type { Also } from '../operations/write-run.ts';
import { type BackupFile, type BackupManifest, bytesOf } from './backup-manifest.ts';
import type { BackupStore } from './backup-store.ts';
import { agesFile, beyondLimits } from './beyond-limits.ts';
import { lastCopies } from './last-copies.ts';
import { findBackup, isOfRun, listBackups, type RunPlaces, type StoredBackup } from './stores-of-run.ts';
import { whileDeleting } from './while-locked.ts';

/** Whose backups are deleted. */
export interface RunOfStores extends RunPlaces {
  /** How much the run's own store may hold. */
  limits: Limits;
  /** How long to wait for others that write to a store, in milliseconds. */
  wait: number;
}

/** What became of what a backup that was deleted had. */
export interface Deleted {
  /** The files that went with it and are nowhere else: it could not restore them any more. */
  lost: string[];
  /** What a person must know, each in one line. */
  notices: string[];
}

/**
 * A folder of backups may be shared, and all in it look alike.
 * @param mayBeOther whether it was said that the backup may be of another run
 * @throws ModelNotFoundError; UsageError for one of another run
 */
export async function assertDeletable(
  run: RunOfStores,
  id: string,
  from: string | null,
  mayBeOther: boolean,
): Promise<void> {
  const backup = await findBackup(run, id, from);
  if (mayBeOther || (await isOfRun(run, backup))) return;
  const { manifest } = backup;
  throw new UsageError(
    `backup ${escapeName(id)} was not deleted — it is one of another run, ${escapeName(manifest.run, 400)} — add --other-run to delete it all the same`,
  );
}

/**
 * Deletes a backup.
 * @throws ModelNotFoundError; ModelManagerError when it holds the last copy of something
 */
export async function deleteSpare(run: RunOfStores, id: string, from: string | null): Promise<Deleted> {
  const { store } = await findBackup(run, id, from);
  return whileDeleting(store, run.wait, async () => {
    const lost = await assertSpare(run, await findBackup(run, id, from), from);
    return { lost, notices: tellWaiting(await store.delete(id)) };
  });
}

/**
 * Deletes backups of the run's own store that are beyond its limits, the oldest first, but never a last copy: the new one is
 * made, whatever comes of that. @param made the id of the new one @param onNotice is given, in one line, what went, and why not all did
 * @returns what the log is to say of it
 */
export async function deleteBeyondLimits(
  run: RunOfStores,
  store: BackupStore,
  made: string,
  onNotice?: (notice: string) => void,
): Promise<Also[]> {
  const gone: BackupManifest[] = [];
  const failure = await whileDeleting(store, run.wait, async () => {
    await store.collect();
    for (
      let next = await nextToGo(run, store, made);
      next !== null;
      next = await nextToGo(run, store, made)
    ) {
      await store.delete(next.id);
      gone.push(next);
    }
  }).then(
    () => null,
    (error: unknown) => toFailure(error).message,
  );
  if (failure !== null) onNotice?.(`backups are not kept within their limits: ${failure}`);
  if (gone.length === 0 && failure === null) return [];
  const bytes = gone.reduce((sum, manifest) => sum + bytesOf(manifest), 0);
  const result = failure ?? 'done';
  const ids = gone.map(({ id }) => id);
  if (ids.length > 0) onNotice?.(tellBeyond(ids));
  return [{ command: 'delete backup (their limits)', ids, result, bytes }];
}

function tellBeyond(ids: readonly string[]): string {
  const what = `${formatCount(ids.length)} older ${ids.length === 1 ? 'backup was' : 'backups were'} deleted (${ids.join(', ')})`;
  return `${what} — with the new one they were beyond the limits of backups in the settings of this run — raise those to keep more`;
}

function tellWaiting(bytes: number): string[] {
  if (bytes === 0) return [];
  const what = `${formatCount(bytes)} bytes in that folder belong to no backup and stay for now`;
  return [
    `${what} — a backup that is being made, or still arrives there, may have them — those that nothing touches for a day go with the next deletion`,
  ];
}

/**
 * Bytes that are damaged are no copy, and neither is what belongs to a model of which only damaged bytes are left: it is never restored without.
 * @returns the files of that sort that exist nowhere else
 * @throws ModelManagerError for the last copy of any other file
 */
async function assertSpare(run: RunOfStores, stored: StoredBackup, from: string | null): Promise<string[]> {
  const { backups: known } = await listBackups(run, null);
  const { backups: named } = from === null ? { backups: [] } : await listBackups(run, from);
  const lost: string[] = [];
  for await (const file of lastCopies(stored, { ...run, backups: [...known, ...named] })) {
    const { files } = stored.manifest.versions.find((version) => version.files.includes(file)) ?? {};
    const [model = file] = files ?? [];
    // A model whose last copy this is comes before what belongs to it, and is lost only where its bytes are damaged.
    const isSpare = lost.includes(model.path) || !(await areWhole(stored.store, [file]));
    if (!isSpare) throw await holdsLast(run, stored, file, files ?? []);
    lost.push(file.path);
  }
  return lost;
}

/** What cannot be read just now may be whole. */
async function areWhole(store: BackupStore, files: readonly BackupFile[]): Promise<boolean> {
  for (const { checksum } of files) if (!(await store.isWhole(checksum).catch(() => true))) return false;
  return true;
}

async function holdsLast(
  { root }: RunOfStores,
  { manifest, store }: StoredBackup,
  { path, checksum }: BackupFile,
  belonging: readonly BackupFile[],
): Promise<ModelManagerError> {
  const what = `backup ${manifest.id} is not deleted — it holds the last copy of ${escapeName(path)}`;
  if (await areWhole(store, belonging)) return new ModelManagerError(`${what} — restore that first`);
  const [from, to] = [store.objectPath(checksum), `${root}/${path}`].map((each) => escapeName(each, 400));
  return new ModelManagerError(`${what}, and what belongs to it is damaged — copy ${from} to ${to} first`);
}

async function nextToGo(run: RunOfStores, store: BackupStore, made: string): Promise<BackupManifest | null> {
  const { backups } = await listBackups(run, null);
  const own = backups.filter((each) => each.store.folder === store.folder).map(({ manifest }) => manifest);
  for (const manifest of beyondLimits(own, run.limits, agesOf(run, own), made)) {
    const last = await lastCopies({ manifest, store }, { ...run, backups }).next();
    if (last.done) return manifest;
  }
  return null;
}

function agesOf(
  { limits, bookkeeping }: RunOfStores,
  own: readonly BackupManifest[],
): ReadonlyMap<string, number> {
  if (limits.age === null) return new Map();
  const ids = own.map(({ id }) => id);
  return steadyAges(join(bookkeeping, agesFile), ids);
}
