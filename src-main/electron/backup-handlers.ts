import type { WebContents } from 'electron';
import type { BackedUp, Restored, writingRequests } from '../../shared/ipc/writing-contract.ts';
import { isIntactSoFar } from '../../shared/model/integrity.ts';
import { bytesOf } from '../core/backup/backup-manifest.ts';
import type { BackupOptions } from '../core/backup/run-backups.ts';
import type { StoredBackup } from '../core/backup/stores-of-run.ts';
import { compareRestored } from './compare-restored.ts';
import type { OpenRun } from './open-run.ts';
import { reachOf } from './reach-of.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';
import type { WorkTools } from './work.ts';

/** The requests about backups. */
export type BackupRequest = Extract<
  keyof typeof writingRequests,
  | 'chooseBackupPlace'
  | 'backUp'
  | 'verifyBackups'
  | 'deleteBackup'
  | 'listBackups'
  | 'planRestore'
  | 'compareRestored'
  | 'restore'
>;

/**
 * What each request does that makes, looks after or restores backups.
 * @param chooseFolder asks the person for a folder; null when they think better of it
 */
export function createBackupHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  chooseFolder: (from: WebContents, purpose: 'back up' | 'restore') => Promise<string | null>,
): Pick<Handlers, BackupRequest> {
  const open = (from: WebContents, runId: string) => sessionOf(from).run(runId);
  const folderOf = (from: WebContents, place: string | null) =>
    place === null ? null : sessionOf(from).placeOf(place);
  return {
    chooseBackupPlace: async ({ purpose }, from) => {
      const folder = await chooseFolder(from, purpose);
      return folder === null ? null : { place: sessionOf(from).handPlace(folder), shown: folder };
    },
    backUp: ({ runId, versions, label, place }, from) => {
      const run = open(from, runId);
      const ids = new Set(versions?.map((handle) => run.handles.idOf(handle)));
      const to = folderOf(from, place);
      const options = { label, ...(to === null ? {} : { to }) };
      return sessionOf(from).start({ runId, kind: 'back up' }, (tools) =>
        backUp(run, versions === null ? null : ids, options, tools),
      );
    },
    verifyBackups: ({ runId, backup, place }, from) => {
      const run = open(from, runId);
      const folder = folderOf(from, place);
      return sessionOf(from).start({ runId, kind: 'verify backups' }, (tools) =>
        verify(run, backup, folder, tools),
      );
    },
    deleteBackup: async ({ runId, backup, place }, from) => {
      await open(from, runId).manager.backups.delete(backup, folderOf(from, place));
      return {};
    },
    listBackups: async ({ runId, place }, from) => {
      const run = open(from, runId);
      const { backups, problems } = await run.manager.backups.list(folderOf(from, place));
      return { backups: backups.map((each) => described(run, each)), problems };
    },
    planRestore: async ({ runId, backup, place }, from) => {
      const { backups } = open(from, runId).manager;
      const folder = folderOf(from, place);
      const { manifest } = await backups.get(backup, folder);
      const changes = await backups.plan(backup, null, folder);
      return {
        changes: changes.map(({ id, action }, index) => {
          const files = manifest.versions[index]?.files ?? [];
          const bytes = files.reduce((sum, { size }) => sum + size, 0);
          return { id, action, files: files.map(({ path }) => path), bytes };
        }),
      };
    },
    compareRestored: async ({ runId, backup, place, version }, from) => {
      const { manager } = open(from, runId);
      const stored = await manager.backups.get(backup, folderOf(from, place));
      return sessionOf(from).start({ runId, kind: 'compare' }, (tools) =>
        compareRestored(manager, stored, version, tools),
      );
    },
    restore: ({ runId, backup, place }, from) => {
      const run = open(from, runId);
      const folder = folderOf(from, place);
      return sessionOf(from).start({ runId, kind: 'restore' }, (tools) =>
        restore(run, backup, folder, tools),
      );
    },
  };
}

/** Backs up what nothing is known against; of the rest it is said why not. @throws ModelValidationError when nothing is left */
async function backUp(
  { manager }: OpenRun,
  chosen: ReadonlySet<string> | null,
  options: BackupOptions,
  { signal, onBytes, expect }: WorkTools,
): Promise<BackedUp> {
  const versions = [...manager.list()].filter(({ id }) => chosen === null || chosen.has(id));
  expect(versions.reduce((sum, { size }) => sum + size, 0));
  const ids = chosen ?? new Set(versions.map(({ id }) => id));
  const { manifest, skipped } = await manager.backups.create(ids, {
    ...options,
    reading: { signal, onBytes },
  });
  return { versionCount: manifest.versions.length, bytes: bytesOf(manifest), leftOut: skipped };
}

async function verify(
  { manager: { backups } }: OpenRun,
  backup: string | null,
  folder: string | null,
  { signal, onBytes, expect }: WorkTools,
): Promise<{ verified: number; damaged: number }> {
  const all = backup === null ? (await backups.list(folder)).backups : [await backups.get(backup, folder)];
  expect(all.reduce((sum, { manifest }) => sum + bytesOf(manifest), 0));
  const { backups: read } = await backups.verify(backup, folder, { signal, onBytes });
  const verified = read.filter(({ manifest }) => manifest.state === 'verified').length;
  return { verified, damaged: read.length - verified };
}

/** Restores a backup, and reads again what came of it: by then nothing can be cancelled any more. */
async function restore(
  { manager }: OpenRun,
  backup: string,
  folder: string | null,
  { signal, onBytes, expect }: WorkTools,
): Promise<Restored> {
  expect(bytesOf((await manager.backups.get(backup, folder)).manifest));
  const reading = { signal, onBytes };
  const { changes, operation } = await manager.backups.restore(backup, null, folder, reading);
  const restored = changes.filter(({ action }) => action !== 'same').map(({ id }) => id);
  // What came back is verified only once it is seen.
  await manager.look();
  let broken = 0;
  await manager.verify(restored, ({ integrity }) => {
    if (!isIntactSoFar(integrity.state)) broken += 1;
  });
  return { operation, restored: restored.length, broken };
}

function described({ manager }: OpenRun, { manifest, store }: StoredBackup) {
  return {
    backup: manifest.id,
    at: manifest.created_at,
    label: manifest.label,
    reason: manifest.reason,
    versionCount: manifest.versions.length,
    bytes: bytesOf(manifest),
    state: manifest.state,
    verifiedAt: manifest.verified_at,
    elsewhere: store.folder.startsWith(`${manager.bookkeeping}/`) ? null : store.folder,
    of: manifest.run === manager.root ? null : manifest.run,
    reach: reachOf(
      manifest.versions.map(({ id }) => id),
      (id) => manager.listed(id),
    ),
  };
}
