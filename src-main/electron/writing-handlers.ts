import type { WebContents } from 'electron';
import type { PlannedVersion, Pruning, writingRequests } from '../../shared/ipc/writing-contract.ts';
import type { RetentionPlan, RetentionRules } from '../../shared/query/plan-retention.ts';
import { escapeName } from '../core/catalog/escape-name.ts';
import { ModelNotFoundError } from '../core/errors.ts';
import { removedBy } from '../core/retention/plan-with-survivors.ts';
import type { TrashedOperation } from '../core/trash/list-trash.ts';
import type { BackupRequest } from './backup-handlers.ts';
import type { MarkRequest } from './mark-handlers.ts';
import type { OpenRun } from './open-run.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** So many versions of an operation are named to the window. */
const listed = 20;

/** What each request does that changes a run, or says what would change. */
export function createWritingHandlers(
  sessionOf: (window: WebContents) => WindowSession,
): Pick<Handlers, Exclude<keyof typeof writingRequests, BackupRequest | MarkRequest>> {
  const open = (from: WebContents, runId: string) => sessionOf(from).run(runId);
  return {
    planPrune: async (pruning, from) => {
      const run = open(from, pruning.runId);
      const plan = await run.manager.planPrune(rulesOf(pruning));
      const versions = JSON.stringify(planned(run, plan));
      return {
        versions,
        removed: removedBy(plan).size,
        bytes: plan.bytes,
        atMost: plan.atMost,
        plan: plan.fingerprint,
      };
    },
    prune: async (pruning, from) => {
      const { manager } = open(from, pruning.runId);
      const { plan, operation } = await manager.prune(rulesOf(pruning), { fingerprint: pruning.plan });
      return { operation, removed: removedBy(plan).size };
    },
    moveToTrash: async ({ runId, versions }, from) => ({
      operation: await moveToTrash(open(from, runId), versions),
    }),
    listTrash: async ({ runId }, from) => {
      const { operations, problems } = await open(from, runId).manager.listTrash();
      return { operations: operations.map(trashed), problems };
    },
    undo: async ({ runId, operation }, from) => ({
      restored: (await open(from, runId).manager.undo(operation)).restored.length,
    }),
    emptyTrash: async ({ runId, operations: ids }, from) => {
      const { operations, bytes } = await open(from, runId).manager.emptyTrash({ ids });
      return { versionCount: operations.reduce((sum, { versions }) => sum + versions.length, 0), bytes };
    },
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

/** All of them, or none. @throws ModelNotFoundError for a version that is gone, or of which only the record is left */
async function moveToTrash({ manager, handles }: OpenRun, versions: readonly number[]): Promise<string> {
  const ids = versions.map((version) => handles.idOf(version));
  const missing = ids.find((id) => manager.describe(id).integrity.state === 'missing');
  if (missing !== undefined)
    throw new ModelNotFoundError(
      `${escapeName(missing)} is not moved to the trash — its file is not there, only its record — look at the folder`,
    );
  return manager.moveToTrash(ids);
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
