import type { WebContents } from 'electron';
import type { BackedUp, Backup, writingRequests } from '../../shared/ipc/writing-contract.ts';
import { bytesOf } from '../core/backup/backup-manifest.ts';
import type { ListedBackup } from '../core/backup/backup-source.ts';
import { faultOfPlace } from '../core/backup/make-outside-folder.ts';
import type { BackupOptions } from '../core/backup/run-backups.ts';
import { escapeName } from '../core/catalog/escape-name.ts';
import { UsageError } from '../core/errors.ts';
import { firstNamed, versionNames } from './name-versions.ts';
import type { OpenRun } from './open-run.ts';
import { reachOf } from './reach-of.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';
import type { WorkTools } from './work.ts';

/** The requests about backups, but for restoring them. */
export type BackupRequest = Extract<
  keyof typeof writingRequests,
  | 'defaultBackupPlace'
  | 'chooseBackupPlace'
  | 'backUp'
  | 'verifyBackups'
  | 'deleteBackup'
  | 'listBackups'
  | 'findBackupOf'
>;

/** Where backups go. `chooseFolder` asks the person, null when they think better of it; `defaultFolder` is what they chose for all. */
interface Places {
  chooseFolder: (from: WebContents, purpose: 'back up' | 'restore') => Promise<string | null>;
  defaultFolder: () => string | null;
}

/** What each request does that makes backups, finds them or looks after them. */
export function createBackupHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  { chooseFolder, defaultFolder }: Places,
): Pick<Handlers, BackupRequest> {
  const open = (from: WebContents, runId: string) => sessionOf(from).run(runId);
  const folderOf = (from: WebContents, place: string | null) =>
    place === null ? null : sessionOf(from).placeOf(place);
  return {
    defaultBackupPlace: ({ runId }, from) => {
      const { root } = open(from, runId).manager;
      const folder = defaultFolder();
      if (folder === null) return null;
      const problem = faultOfPlace(folder, [root]);
      return { place: problem === null ? sessionOf(from).handPlace(folder) : null, shown: folder, problem };
    },
    chooseBackupPlace: async ({ purpose }, from) => {
      const folder = await chooseFolder(from, purpose);
      return folder === null ? null : { place: sessionOf(from).handPlace(folder), shown: folder };
    },
    backUp: ({ runId, versions, label, place }, from) => {
      const run = open(from, runId);
      const ids = new Set(versions?.map((handle) => run.handles.idOf(handle)));
      const to = folderOf(from, place);
      if (to !== null) assertPlace(to, run.manager.root);
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
      // The dialog names the run of each.
      const gone = await open(from, runId).manager.backups.delete(backup, folderOf(from, place), true);
      return { gone };
    },
    listBackups: async ({ runId, place }, from) => {
      const run = open(from, runId);
      const { backups, problems } = await run.manager.backups.list(folderOf(from, place));
      const unclaimed = place === null ? await run.manager.backups.unclaimed() : 0;
      return { backups: backups.map(teller(run)), problems, unclaimed };
    },
    findBackupOf: async ({ runId, version }, from) => {
      const run = open(from, runId);
      const { backup, damaged } = await run.manager.backups.of(run.handles.idOf(version));
      return { backup: backup && teller(run)(backup), damaged };
    },
  };
}

/** Unlike the command line, the window makes no folder that was there when it was chosen. @throws UsageError */
function assertPlace(folder: string, root: string): void {
  const fault = faultOfPlace(folder, [root]);
  if (fault !== null)
    throw new UsageError(`cannot back up to ${escapeName(folder)} — ${fault}`, { path: folder });
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

/** Tells of backups to a window that looks at the run. */
function teller({ manager }: OpenRun): (backup: ListedBackup) => Backup {
  const nameOf = versionNames(manager);
  return ({ manifest, store }) => ({
    backup: manifest.id,
    at: manifest.created_at,
    label: manifest.label,
    reason: manifest.reason,
    versionCount: manifest.versions.length,
    named: firstNamed(
      manifest.versions.map(({ id }) => id),
      nameOf,
    ),
    bytes: bytesOf(manifest),
    state: manifest.state,
    verifiedAt: manifest.verified_at,
    elsewhere: `${store.folder}/`.startsWith(`${manager.root}/`) ? null : store.folder,
    of: manifest.run === manager.root ? null : manifest.run,
    reach: reachOf(
      manifest.versions.map(({ id }) => id),
      (id) => manager.listed(id),
    ),
  });
}
