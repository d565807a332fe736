import { join } from 'node:path';
import type { WebContents } from 'electron';
import type { NamedVersion, Trashed, writingRequests } from '../../shared/ipc/writing-contract.ts';
import { stringifyJson } from '../../shared/model/json.ts';
import { escapeName } from '../core/catalog/escape-name.ts';
import { ModelNotFoundError } from '../core/errors.ts';
import type { ModelManager } from '../core/model-manager.ts';
import { diskGain } from '../core/retention/disk-gain.ts';
import { recordInTrash, versionsInTrash } from '../core/trash/describe-trashed.ts';
import { notInTrash, type TrashedOperation } from '../core/trash/list-trash.ts';
import { firstNamed, versionNames } from './name-versions.ts';
import type { OpenRun } from './open-run.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** So many versions of an operation are listed with it. */
const listed = 1000;

/** The requests about the trash. */
export type TrashRequest = Extract<
  keyof typeof writingRequests,
  'moveToTrash' | 'listTrash' | 'showTrashed' | 'showTrashedVersion' | 'undo' | 'planEmptying' | 'emptyTrash'
>;

/** What each request does about what can be brought back. */
export function createTrashHandlers(
  sessionOf: (window: WebContents) => WindowSession,
): Pick<Handlers, TrashRequest> {
  const open = (from: WebContents, runId: string) => sessionOf(from).run(runId);
  return {
    moveToTrash: async ({ runId, versions }, from) => ({
      operation: await moveToTrash(open(from, runId), versions),
    }),
    listTrash: async ({ runId }, from) => {
      const { manager } = open(from, runId);
      const { operations, problems } = await manager.listTrash();
      const nameOf = versionNames(manager);
      return { operations: operations.flatMap((operation) => trashed(operation, nameOf)), problems };
    },
    showTrashed: async ({ runId, operation }, from) => {
      const { manager } = open(from, runId);
      const found = await find(manager, operation);
      const nameOf = versionNames(manager);
      const versions = versionsInTrash(found).slice(0, listed);
      return { versions: versions.map(({ id, bytes }) => ({ ...nameOf(id), bytes })), who: found.who };
    },
    showTrashedVersion: async ({ runId, operation, version }, from) => {
      const { manager } = open(from, runId);
      const one = versionsInTrash(await find(manager, operation))[version];
      const record = one ? recordInTrash(manager.root, operation, one.id) : null;
      return { json: record && stringifyJson(record) };
    },
    undo: async ({ runId, operation }, from) => {
      const { restored, removed } = await open(from, runId).manager.undo(operation);
      return { restored: restored.length, removed: removed.length };
    },
    planEmptying: async ({ runId, operations: ids }, from) => {
      const { manager } = open(from, runId);
      const { operations } = await manager.planEmptying({ ids });
      const paths = operations.flatMap(({ files }) => files.map((file) => join(manager.root, file)));
      return {
        versionCount: countVersions(operations),
        ...(await diskGain(paths, await manager.clonedFiles())),
      };
    },
    emptyTrash: async ({ runId, operations: ids }, from) => {
      const { operations, bytes } = await open(from, runId).manager.emptyTrash({ ids });
      return { versionCount: countVersions(operations), bytes };
    },
  };
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

/** @throws ModelNotFoundError */
async function find(manager: ModelManager, id: string): Promise<TrashedOperation> {
  const found = (await manager.listTrash()).operations.find((operation) => operation.id === id);
  if (!found) throw notInTrash(id);
  return found;
}

function countVersions(operations: readonly TrashedOperation[]): number {
  return operations.reduce((sum, operation) => sum + versionsInTrash(operation).length, 0);
}

/** An operation may name versions that it left as they were, or only brought back: one that did nothing else left nothing in the trash. */
function trashed(operation: TrashedOperation, nameOf: (id: string) => NamedVersion): Trashed[] {
  const { id, at, reason, bytes, automatic } = operation;
  const own = versionsInTrash(operation).map((version) => version.id);
  if (own.length === 0 && bytes === 0) return [];
  const named = firstNamed(own, nameOf);
  return [{ operation: id, at, reason, versionCount: own.length, named, bytes, automatic }];
}
