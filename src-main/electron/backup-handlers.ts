import type { WebContents } from 'electron';
import type { writingRequests } from '../../shared/ipc/writing-contract.ts';
import { bytesOf } from '../core/backup/backup-manifest.ts';
import type { BackupOptions } from '../core/backup/run-backups.ts';
import type { StoredBackup } from '../core/backup/stores-of-run.ts';
import type { OpenRun } from './open-run.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** The requests about backups. */
export type BackupRequest = Extract<
  keyof typeof writingRequests,
  'chooseBackupPlace' | 'backUp' | 'verifyBackup' | 'deleteBackup' | 'listBackups' | 'planRestore' | 'restore'
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
    backUp: async ({ runId, versions, label, place }, from) => {
      const to = folderOf(from, place);
      return backUp(open(from, runId), versions, { label, ...(to === null ? {} : { to }) });
    },
    verifyBackup: async ({ runId, backup, place }, from) => {
      const { manager } = open(from, runId);
      const { backups } = await manager.backups.verify(backup, folderOf(from, place));
      return { state: backups[0]?.manifest.state ?? 'damaged' };
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
      const changes = await backups.plan(backup, null, folderOf(from, place));
      return { changes: changes.map(({ id, action }) => ({ id, action })) };
    },
    restore: async ({ runId, backup, place }, from) => {
      const { backups } = open(from, runId).manager;
      const { changes, operation } = await backups.restore(backup, null, folderOf(from, place));
      return { operation, restored: changes.filter(({ action }) => action !== 'same').length };
    },
  };
}

/** Backs up what nothing is known against; of the rest it is said why not. @throws ModelValidationError when nothing is left */
async function backUp(
  { manager, handles }: OpenRun,
  versions: readonly number[] | null,
  options: BackupOptions,
) {
  const ids = versions?.map((handle) => handles.idOf(handle)) ?? Array.from(manager.list(), ({ id }) => id);
  const { manifest, skipped } = await manager.backups.create(new Set(ids), options);
  return { versionCount: manifest.versions.length, bytes: bytesOf(manifest), leftOut: skipped };
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
  };
}
