import type { WebContents } from 'electron';
import type { Restored, writingRequests } from '../../shared/ipc/writing-contract.ts';
import { isIntactSoFar } from '../../shared/model/integrity.ts';
import { bytesOf } from '../core/backup/backup-manifest.ts';
import type { ListedBackup } from '../core/backup/backup-source.ts';
import { compareRestored } from './compare-restored.ts';
import { versionNames } from './name-versions.ts';
import type { OpenRun } from './open-run.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';
import type { WorkTools } from './work.ts';

export type RestoreRequest = Extract<
  keyof typeof writingRequests,
  'planRestore' | 'compareRestored' | 'restore'
>;

/** What each request does that restores a backup, or says what restoring it would change. */
export function createRestoreHandlers(
  sessionOf: (window: WebContents) => WindowSession,
): Pick<Handlers, RestoreRequest> {
  const open = (from: WebContents, runId: string) => sessionOf(from).run(runId);
  const folderOf = (from: WebContents, place: string | null) =>
    place === null ? null : sessionOf(from).placeOf(place);
  return {
    planRestore: async ({ runId, backup, place, only }, from) => {
      const run = open(from, runId);
      const { backups } = run.manager;
      const folder = folderOf(from, place);
      const ids = idsOf(run, only);
      const versions = versionsOf(await backups.get(backup, folder), ids);
      const changes = await backups.plan(backup, ids, folder);
      const nameOf = versionNames(run.manager);
      return {
        changes: changes.map(({ id, action, left, removed }, index) => {
          const files = versions[index]?.files ?? [];
          const bytes = files.reduce((sum, { size }) => sum + size, 0);
          return {
            ...nameOf(id),
            action,
            files: files.map(({ path }) => path),
            bytes,
            ...(left && { left }),
            ...(removed && { removed }),
          };
        }),
      };
    },
    compareRestored: async ({ runId, backup, place, only, version }, from) => {
      const run = open(from, runId);
      const stored = await run.manager.backups.get(backup, folderOf(from, place));
      const wanted = { store: stored.store, version: versionsOf(stored, idsOf(run, only))[version] };
      return sessionOf(from).start({ runId, kind: 'compare' }, (tools) =>
        compareRestored(run.manager, wanted, tools),
      );
    },
    restore: ({ runId, backup, place, only }, from) => {
      const run = open(from, runId);
      const wanted = { backup, ids: idsOf(run, only), folder: folderOf(from, place) };
      return sessionOf(from).start({ runId, kind: 'restore' }, (tools) => restore(run, wanted, tools));
    },
  };
}

/** What is restored: of the backup these versions, null for all that it holds; null for the run's own backups. */
interface Restoring {
  backup: string;
  ids: string[] | null;
  folder: string | null;
}

function idsOf({ handles }: OpenRun, only: number | null): string[] | null {
  return only === null ? null : [handles.idOf(only)];
}

/** Those of the backup's versions, as they stand in it. */
function versionsOf({ manifest: { versions } }: ListedBackup, ids: readonly string[] | null) {
  return ids === null ? versions : versions.filter(({ id }) => ids.includes(id));
}

/** Restores of a backup what is wanted, and reads again what came of it: by then nothing can be cancelled any more. */
async function restore(
  { manager }: OpenRun,
  { backup, ids, folder }: Restoring,
  { signal, onBytes, expect }: WorkTools,
): Promise<Restored> {
  expect(bytesOf({ versions: versionsOf(await manager.backups.get(backup, folder), ids) }));
  const reading = { signal, onBytes };
  const { changes, operation } = await manager.backups.restore(backup, ids, folder, reading);
  const restored = changes.filter(({ action }) => action !== 'same').map(({ id }) => id);
  // What came back is verified only once it is seen.
  await manager.look();
  let broken = 0;
  await manager.verify(restored, ({ integrity }) => {
    if (!isIntactSoFar(integrity.state)) broken += 1;
  });
  return { operation, restored: restored.length, broken };
}
