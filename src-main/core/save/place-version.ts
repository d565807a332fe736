import { posix } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { explainError } from '../files/error-code.ts';
import type { FileStatus } from '../files/file-identity.ts';
import { modeOfSidecar } from '../files/file-mode.ts';
import { type StagedFile, stageFile } from '../files/stage-file.ts';
import { linesFor } from '../integrity/listed-lines.ts';
import { linesAt } from '../operations/change-list.ts';
import { notDurable } from '../operations/commit-and-tell.ts';
import { assertEnded, type Committed, commitOperation, isOnRecord } from '../operations/commit-operation.ts';
import { discardKept } from '../operations/discard-kept.ts';
import { moveStep, placeStep } from '../operations/make-step.ts';
import { bytesKept, keptPath, namesOf, type Operation } from '../operations/operation.ts';
import { assertKeptUntouched } from '../operations/take-step.ts';
import { assertUntouched } from '../operations/untouched.ts';
import { complete, type Writing } from '../operations/write-run.ts';
import { goneFromTrash } from '../trash/empty-trash.ts';
import { sidecarText } from './build-sidecar.ts';
import type { Target } from './choose-target.ts';
import {
  type OpenCompanions,
  placeCompanions,
  type StagedCompanion,
  savedCompanion,
  tellGoing,
} from './save-companions.ts';
import type { Replacement, SavedCompanion, SaveRequest } from './save-request.ts';
import { inRun, moveSidecar, type StagedBackup, stageBackup } from './stage-backup.ts';

/**
 * What has the version's name as the save begins, nothing where it is free, and the SHA-256 on record of it; `mode` is the
 * permission bits that the new file gets, `stays` whether what is replaced stays in the trash whatever the config and its limits say.
 */
export interface Replaced {
  old: FileStatus | null;
  recorded: string | null;
  mode: number;
  stays: boolean;
}

/** What came of writing the bytes; the version has its name. `look`: the file as it was once they were all there. */
export interface Placed {
  model: StagedFile;
  look: FileStatus | null;
  companions: SavedCompanion[];
  /** What is broken about its structure; null for nothing that is known. */
  torn: string | null;
  /** What there is where no checkpoint is recognised; null where one is. */
  unrecognised: string | null;
  replaced: Replacement | null;
  warnings: string[];
  /** What brings back what it replaced; null where it replaced nothing, or nothing of it is left. */
  operation: string | null;
}

const noBackup: StagedBackup = { steps: [], name: null, warnings: [] };

/** What is staged of a version: its model, and what goes with it; and what goes that went with the one it replaces. */
export interface StagedVersion {
  model: StagedFile;
  companions: readonly StagedCompanion[];
  going: OpenCompanions['going'];
}

/** Gives the staged files their names. */
export async function placeVersion(
  writing: Writing,
  request: SaveRequest,
  target: Target,
  { model, companions, going }: StagedVersion,
  staged: StagedFile[],
  { old, recorded, mode, stays }: Replaced,
): Promise<Pick<Placed, 'operation' | 'replaced' | 'warnings'>> {
  const { config, disk, root } = writing;
  const draft = writing.newOperation('save', `save ${target.id}`, !stays);
  const keeps = config.backup_before_overwrite;
  const waits = isToWait(config, stays);
  const backup = await (old && keeps ? stageBackup(writing, target.id, recorded, draft, staged) : noBackup);
  const steps = [...backup.steps, await placeStep(disk, root, inRun(root, model.path), target.id, draft.id)];
  steps.push(...(await placeCompanions(writing, companions, going, draft)));
  const warnings = [...backup.warnings, ...going.map(tellGoing)];
  if (config.save_metadata) {
    const sidecar = await stageSidecar(writing, request, target, model, mode);
    staged.push(sidecar);
    steps.push(await placeStep(disk, root, inRun(root, sidecar.path), target.sidecar, draft.id));
  } else steps.push(...(await moveSidecar(writing, target, draft)));
  if (target.older !== null) {
    steps.push(await moveStep(disk, root, target.older, keptPath(draft.id, target.older)));
    warnings.push(tellOlder(target.older, waits));
  }
  assertUntouched(old, await disk.lookAt(`${root}/${target.id}`), target.id);
  const seals = config.save_metadata ? [] : [{ id: target.id, checksum: model.checksum }];
  const change = {
    unlisted: await linesAt(disk, root, namesOf(steps)),
    listed: linesFor([...seals, ...companions.map(savedCompanion)]),
  };
  const operation = complete(draft, steps, versionsOf(target, old), bytesKept(steps), change);
  warnings.push(...tellCommitted(operation, await commitOperation(disk, root, operation)));
  const left = await whatIsLeft(writing, operation, waits, warnings);
  const replaced = old && { operation: left, backup: backup.name, ...(stays && { stays }) };
  return { warnings, operation: left, replaced };
}

/** What is worth saying of a save that is done. */
export function tellCommitted({ listed = [] }: Operation, { durable, unended }: Committed): string[] {
  const doubt = durable ? [] : [notDurable];
  return unended === null || listed.length === 0 ? doubt : [...doubt, tellUnlisted(unended)];
}

/** What is said of a save whose checksum could not be put on record. */
export function tellUnlisted(error: unknown): string {
  return `it is saved, but its checksum is not on record: ${explainError(error)}`;
}

/** Whether what is replaced waits in the trash. */
function isToWait({ backup_before_overwrite }: StorageConfig, stays: boolean): boolean {
  return backup_before_overwrite || stays;
}

/** What an undo brings back: of a version that changed its form the older one. */
function versionsOf({ id, older }: Target, old: FileStatus | null): string[] {
  if (older === null) return [id];
  return old ? [id, older] : [older];
}

function tellOlder(id: string, isKept: boolean): string {
  const end = isKept ? 'is in the trash' : 'is deleted';
  return `${escapeName(id)}, the same version in the form that compression asked for before, ${end}`;
}

/**
 * Where it is not to be kept, what was replaced goes for good, but not where somebody who had it open has written to it since.
 * @returns the operation that brings it back
 */
async function whatIsLeft(
  { disk, root }: Writing,
  operation: Operation,
  isKept: boolean,
  warnings: string[],
): Promise<string | null> {
  if (!isOnRecord(operation)) return null;
  if (isKept) return operation.id;
  try {
    await assertKeptUntouched(disk, root, operation.steps);
    await assertEnded(disk, root, operation.id);
    await discardKept(disk, root, operation.id);
    return null;
  } catch (error) {
    // It is saved by now: a disk that fails again only leaves it unknown.
    const gone = await goneFromTrash(disk, root, [operation.id]).catch(() => new Set<string>());
    const isGone = gone.has(operation.id);
    const what = isGone ? 'is deleted, and takes room still' : 'waits in the trash';
    warnings.push(`what it replaced ${what}: ${explainError(error)}`);
    return isGone ? null : operation.id;
  }
}

async function stageSidecar(
  { disk, root }: Writing,
  request: SaveRequest,
  target: Target,
  model: StagedFile,
  mode: number,
): Promise<StagedFile> {
  const text = sidecarText(root, request, target, model);
  const old = await disk.lookAt(`${root}/${target.sidecar}`);
  const own = modeOfSidecar(mode, old?.mode ?? null);
  return stageFile(disk, posix.dirname(model.path), 'sidecar.json', [Buffer.from(text)], own);
}
