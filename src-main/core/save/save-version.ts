import { posix } from 'node:path';
import type { VersionKind } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { explainError } from '../files/error-code.ts';
import type { FileStatus } from '../files/file-identity.ts';
import { modeOfNew, modeOfSidecar } from '../files/file-mode.ts';
import { type Chunks, type StagedFile, stageFile } from '../files/stage-file.ts';
import { commitOperation, isOnRecord } from '../operations/commit-operation.ts';
import { discardKept } from '../operations/discard-kept.ts';
import { assertReplaceable, moveStep, placeStep } from '../operations/make-step.ts';
import { bytesKept, keptPath, type Operation } from '../operations/operation.ts';
import { makeFolder } from '../operations/run-folders.ts';
import { assertKeptUntouched } from '../operations/take-step.ts';
import { complete, type Writing } from '../operations/write-run.ts';
import { sidecarText } from './build-sidecar.ts';
import { assertSpace, warnOfContents, warnOfSpace } from './check-save.ts';
import { chooseTarget, type Target } from './choose-target.ts';
import { compress, type OpenSource, openSource } from './read-source.ts';
import { saveInPlace } from './save-in-place.ts';
import type { Saved, SaveRequest } from './save-request.ts';
import { assertUntouched, inRun, moveSidecar, stageBackup } from './stage-backup.ts';

/** What the save must know of the run: the highest version number that sidecars tell, and what is on record of a file. */
export interface SaveContext {
  kind: VersionKind;
  highestVersion: number;
  checksumOf: (id: string) => string | null;
  /** Frees so many bytes where that is possible. */
  makeRoom?: (bytes: number) => Promise<void>;
}

/**
 * What has the version's name as the save begins, nothing where it is free, and the SHA-256 on record of it; `mode` is the
 * permission bits that the new file gets.
 */
export interface Replaced {
  old: FileStatus | null;
  recorded: string | null;
  mode: number;
}

/** What came of writing the bytes; the version has its name. */
export interface Placed {
  model: StagedFile;
  warnings: string[];
}

/**
 * Stores bytes as a version: staged, hashed on the way and on the medium before anything changes; then model, sidecar and
 * backup take their names together, or none does. Where `atomic_saves` is off, the bytes are written in place; but not where
 * that would empty the very file they come from.
 * @throws ModelManagerError with everything as it was
 */
export async function saveVersion(
  writing: Writing,
  request: SaveRequest,
  context: SaveContext,
): Promise<Saved> {
  const { config, disk, root } = writing;
  const { kind, highestVersion, checksumOf, makeRoom } = context;
  const target = await chooseTarget(writing, request, kind, highestVersion);
  await makeFolder(disk, root, target.folder);
  const old = await disk.lookAt(`${root}/${target.id}`);
  assertReplaceable(old, target.id);
  const source = await openSource(request.source);
  try {
    await assertSpace(writing, source.size ?? 0, makeRoom);
    const chunks = config.compression === 'gzip' ? compress(source.chunks) : source.chunks;
    const atomic = config.atomic_saves || target.older !== null || isSame(source.file, old);
    const save = atomic ? saveAtomically : saveInPlace;
    const mode = await chooseMode(writing, target, source, old);
    const replaced = { old, recorded: checksumOf(target.id), mode };
    const { model, warnings } = await save(writing, request, target, chunks, replaced);
    const { checksum, size } = model;
    warnings.push(...(await warnOfSpace(writing, size)));
    return { id: target.id, kind, version: target.version, checksum, size, pruned: [], warnings };
  } finally {
    await source.close();
  }
}

async function saveAtomically(
  writing: Writing,
  request: SaveRequest,
  target: Target,
  chunks: Chunks,
  replaced: Replaced,
): Promise<Placed> {
  const { config, disk, root } = writing;
  const staged: StagedFile[] = [];
  try {
    const folder = target.folder === '' ? root : `${root}/${target.folder}`;
    const model = await stageFile(disk, folder, posix.basename(target.id), chunks, replaced.mode);
    staged.push(model);
    const warnings = await warnOfContents(writing, model.path, target.id);
    warnings.push(...(await place(writing, request, target, model, staged, replaced)));
    return { model, warnings };
  } catch (error) {
    if (config.cleanup_temp_on_exit)
      for (const { path } of staged) await disk.unlink(path).catch(() => undefined);
    throw error;
  }
}

async function chooseMode(
  { disk, root }: Writing,
  { older }: Target,
  { file }: OpenSource,
  old: FileStatus | null,
): Promise<number> {
  const replaced = old ?? (older === null ? null : await disk.lookAt(`${root}/${older}`));
  return modeOfNew(file?.mode ?? null, replaced?.mode ?? null);
}

function isSame(source: OpenSource['file'], old: FileStatus | null): boolean {
  return source !== null && source.ino === old?.ino && source.dev === old.dev;
}

/** Gives the staged files their names. @returns what is worth saying */
async function place(
  writing: Writing,
  request: SaveRequest,
  target: Target,
  model: StagedFile,
  staged: StagedFile[],
  { old, recorded, mode }: Replaced,
): Promise<string[]> {
  const { config, disk, root } = writing;
  const draft = writing.newOperation('save', `save ${target.id}`, true);
  const keeps = config.backup_before_overwrite;
  const backup =
    old && keeps
      ? await stageBackup(writing, target.id, recorded, draft, staged)
      : { steps: [], warnings: [] };
  const steps = [...backup.steps, await placeStep(disk, root, inRun(root, model.path), target.id, draft.id)];
  const { warnings } = backup;
  if (config.save_metadata) {
    const sidecar = await stageSidecar(writing, request, target, model, mode);
    staged.push(sidecar);
    steps.push(await placeStep(disk, root, inRun(root, sidecar.path), target.sidecar, draft.id));
  } else steps.push(...(await moveSidecar(writing, target, draft)));
  if (target.older !== null) {
    steps.push(await moveStep(disk, root, target.older, keptPath(draft.id, target.older)));
    warnings.push(tellOlder(target.older, keeps));
  }
  assertUntouched(old, await disk.lookAt(`${root}/${target.id}`), target.id);
  const operation = complete(draft, steps, versionsOf(target, old), bytesKept(steps));
  const { durable } = await commitOperation(disk, root, operation);
  if (!durable) warnings.push('this file system does not confirm that names outlive a power cut');
  return keeps ? warnings : [...warnings, ...(await discardReplaced(writing, operation))];
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

/** For good, but not where somebody who had it open has written to it since. @returns what is worth saying */
async function discardReplaced({ disk, root }: Writing, operation: Operation): Promise<string[]> {
  if (!isOnRecord(operation)) return [];
  try {
    await assertKeptUntouched(disk, root, operation.steps);
    await discardKept(disk, root, operation.id);
    return [];
  } catch (error) {
    return [`what it replaced waits in the trash: ${explainError(error)}`];
  }
}

async function stageSidecar(
  { disk, root }: Writing,
  request: SaveRequest,
  target: Target,
  model: StagedFile,
  mode: number,
): Promise<StagedFile> {
  const text = sidecarText(root, request, { ...target, ...model });
  const old = await disk.lookAt(`${root}/${target.sidecar}`);
  const own = modeOfSidecar(mode, old?.mode ?? null);
  return stageFile(disk, posix.dirname(model.path), 'sidecar.json', [Buffer.from(text)], own);
}
