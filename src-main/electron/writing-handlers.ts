import type { WebContents } from 'electron';
import type { LeftOut, PlannedVersion, Pruning, writingRequests } from '../../shared/ipc/writing-contract.ts';
import { bareIntegrity, isIntactSoFar } from '../../shared/model/integrity.ts';
import type { RetentionPlan, RetentionRules } from '../../shared/query/plan-retention.ts';
import { bytesOf } from '../core/backup/backup-manifest.ts';
import type { StoredBackup } from '../core/backup/stores-of-run.ts';
import { escapeName } from '../core/catalog/escape-name.ts';
import { ModelNotFoundError, ModelValidationError } from '../core/errors.ts';
import { removedBy } from '../core/retention/plan-with-survivors.ts';
import type { TrashedOperation } from '../core/trash/list-trash.ts';
import type { OpenRun } from './open-run.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** So many versions of an operation are named to the window. */
const listed = 20;

/** What each request does that changes a run, or says what would change. */
export function createWritingHandlers(
  sessionOf: (window: WebContents) => WindowSession,
): Pick<Handlers, keyof typeof writingRequests> {
  const open = (from: WebContents, runId: string) => sessionOf(from).run(runId);
  return {
    planPrune: async (pruning, from) => {
      const run = open(from, pruning.runId);
      const plan = await run.manager.planPrune(rulesOf(pruning));
      const versions = JSON.stringify(planned(run, plan));
      return { versions, removed: removedBy(plan).size, bytes: plan.bytes };
    },
    prune: async (pruning, from) => {
      const { plan, operation } = await open(from, pruning.runId).manager.prune(rulesOf(pruning));
      return { operation, removed: removedBy(plan).size };
    },
    moveToTrash: async ({ runId, version }, from) => ({
      operation: await moveToTrash(open(from, runId), version),
    }),
    listTrash: async ({ runId }, from) => ({
      operations: (await open(from, runId).manager.listTrash()).map(trashed),
    }),
    undo: async ({ runId, operation }, from) => ({
      restored: (await open(from, runId).manager.undo(operation)).restored.length,
    }),
    emptyTrash: async ({ runId }, from) => {
      const gone = await open(from, runId).manager.emptyTrash();
      const bytes = gone.reduce((sum, operation) => sum + operation.bytes, 0);
      return { versionCount: gone.reduce((sum, { versions }) => sum + versions.length, 0), bytes };
    },
    pinVersion: async ({ runId, version, pinned }, from) => {
      const { manager, handles } = open(from, runId);
      const id = handles.idOf(version);
      await manager.mark(id, pinned ? 'pin' : 'unpin', (mark) => ({ ...mark, pinned }));
      return {};
    },
    backUp: async ({ runId, versions, label }, from) => backUp(open(from, runId), versions, label),
    listBackups: async ({ runId }, from) => ({
      backups: (await open(from, runId).manager.backups.list()).map(described),
    }),
    planRestore: async ({ runId, backup }, from) => ({
      changes: (await open(from, runId).manager.backups.plan(backup, null)).map(({ id, action }) => ({
        id,
        action,
      })),
    }),
    restore: async ({ runId, backup }, from) => restore(open(from, runId), backup),
  };
}

function rulesOf({ keepBest, keepLatest, keepEvery, kinds }: Pruning): RetentionRules {
  return { keepBest, keepLatest, keepEvery, kinds };
}

function planned({ handles }: OpenRun, { decisions, refused }: RetentionPlan): PlannedVersion[] {
  const refusals = new Set(refused.map(({ id }) => id));
  return decisions.map(({ id, keep, reasons }) => ({
    version: handles.handleOf(id),
    id,
    keep,
    refused: refusals.has(id),
    reasons,
  }));
}

/** @throws ModelNotFoundError for a version that is gone, or of which only the record is left */
async function moveToTrash({ manager, handles }: OpenRun, version: number): Promise<string> {
  const { id, integrity } = manager.describe(handles.idOf(version));
  if (integrity.state === 'missing')
    throw new ModelNotFoundError(
      `${escapeName(id)} is not moved to the trash — its file is not there, only its record — look at the folder`,
    );
  return manager.moveToTrash([id]);
}

/** Backs up what nothing is known against; of the rest it is said why not. @throws ModelValidationError when nothing is left */
async function backUp(run: OpenRun, versions: readonly number[] | null, label: string | null) {
  const { manager, handles } = run;
  const ids = versions?.map((handle) => handles.idOf(handle)) ?? Array.from(manager.list(), ({ id }) => id);
  const leftOut = ids.flatMap((id) => faultOf(run, id));
  if (leftOut.length === ids.length) throw nothingToBackUp(leftOut);
  const faulty = new Set(leftOut.map(({ id }) => id));
  const { manifest, skipped } = await manager.backups.create(new Set(ids.filter((id) => !faulty.has(id))), {
    label,
  });
  return {
    versionCount: manifest.versions.length,
    bytes: bytesOf(manifest),
    leftOut: [...leftOut, ...skipped],
  };
}

/** What speaks against a version, as far as it is known. */
function faultOf({ manager }: OpenRun, id: string): LeftOut[] {
  const { state, detail } = manager.version(id)?.integrity ?? bareIntegrity('missing');
  return isIntactSoFar(state) ? [] : [{ id, why: detail ?? state }];
}

function nothingToBackUp([first]: readonly LeftOut[]): ModelValidationError {
  const why = first ? `${escapeName(first.id)}: ${first.why}` : 'there are no versions';
  return new ModelValidationError(`nothing was backed up — ${why} — choose a version that is intact`);
}

async function restore({ manager }: OpenRun, backup: string) {
  const { changes, operation } = await manager.backups.restore(backup, null);
  return { operation, restored: changes.filter(({ action }) => action !== 'same').length };
}

/** An operation may name versions that it left as they were. */
function trashed({ id, at, reason, versions: named, steps, bytes }: TrashedOperation) {
  const touched = new Set(steps.flatMap(({ from, to }) => [from, to]));
  const versions = named.filter((version) => touched.has(version));
  return {
    operation: id,
    at,
    reason,
    versionCount: versions.length,
    ids: versions.slice(0, listed),
    bytes,
  };
}

function described({ manifest }: StoredBackup) {
  return {
    backup: manifest.id,
    at: manifest.created_at,
    label: manifest.label,
    reason: manifest.reason,
    versionCount: manifest.versions.length,
    bytes: bytesOf(manifest),
    state: manifest.state,
    verifiedAt: manifest.verified_at,
  };
}
