import { posix } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import { explainError } from '../files/error-code.ts';
import { modeOfSidecar } from '../files/file-mode.ts';
import { replaceDurably } from '../files/replace-durably.ts';
import { type Chunks, fillFile, type StagedFile, stageCopy, stageFile } from '../files/stage-file.ts';
import { commitOperation } from '../operations/commit-operation.ts';
import { discardKept } from '../operations/discard-kept.ts';
import { placeStep } from '../operations/make-step.ts';
import { bytesKept, type Step } from '../operations/operation.ts';
import { syncFolder } from '../operations/run-folders.ts';
import { complete, type OperationDraft, type Writing } from '../operations/write-run.ts';
import { findUndoable, undo } from '../trash/undo.ts';
import { sidecarText } from './build-sidecar.ts';
import { warnOfContents } from './check-save.ts';
import type { Target } from './choose-target.ts';
import type { SaveRequest } from './save-request.ts';
import type { Placed, Replaced } from './save-version.ts';
import { inRun, moveSidecar, stageBackup } from './stage-backup.ts';

const said =
  'it was written in place, as atomic_saves: false asks: a crash in the middle would have left it torn';

/**
 * Writes the bytes to the version's own name, as `atomic_saves: false` asks. What has the name is backed up first, and kept in
 * the trash, so that a failure, or a person, can take the save back; without `backup_before_overwrite` nothing can.
 * @throws ModelManagerError, with everything as it was wherever there is a backup
 */
export async function saveInPlace(
  writing: Writing,
  request: SaveRequest,
  target: Target,
  chunks: Chunks,
  { old, recorded, mode }: Replaced,
): Promise<Placed> {
  const { config } = writing;
  const kept = old && config.backup_before_overwrite ? await keepOld(writing, target, recorded, mode) : null;
  const free = old ? [] : await namesThatAreFree(writing, [target.id, target.sidecar]);
  try {
    const { model, warnings } = await write(writing, request, target, chunks, mode);
    return { model, warnings: [...warnings, ...(kept?.warnings ?? [])] };
  } catch (error) {
    await recover(writing, target.id, error, kept, free);
    throw error;
  }
}

/** @throws ModelManagerError where the old file cannot be had back */
async function recover(
  writing: Writing,
  id: string,
  error: unknown,
  kept: Kept | null,
  free: readonly string[],
): Promise<void> {
  if (!kept && free.length === 0) throw torn(id, error);
  await (kept ? takeBack(writing, kept.operation) : freeAgain(writing, free)).catch(() => {
    throw torn(id, error);
  });
}

async function namesThatAreFree({ disk, root }: Writing, ids: readonly string[]): Promise<string[]> {
  const looks = await Promise.all(ids.map((id) => disk.lookAt(`${root}/${id}`)));
  return ids.filter((_, index) => looks[index] === null);
}

/** The sidecar goes first, and for good: it must not tell of a model that is gone. */
async function freeAgain({ disk, root }: Writing, ids: readonly string[]): Promise<void> {
  for (const id of ids.toReversed()) {
    if (!(await disk.lookAt(`${root}/${id}`))) continue;
    await disk.unlink(`${root}/${id}`);
    await syncFolder(disk, posix.dirname(`${root}/${id}`));
  }
}

async function write(
  writing: Writing,
  request: SaveRequest,
  target: Target,
  chunks: Chunks,
  mode: number,
): Promise<Placed> {
  const { config, disk, root } = writing;
  const path = `${root}/${target.id}`;
  const model = { path, ...(await overwrite(writing, path, chunks, mode)) };
  const warnings = [said, ...(await warnOfContents(writing, path, target.id))];
  await syncFolder(disk, posix.dirname(path));
  if (config.save_metadata) await writeSidecar(writing, request, target, model, mode);
  else if ((await disk.lookAt(`${root}/${target.sidecar}`))?.type === 'file')
    await disk.unlink(`${root}/${target.sidecar}`);
  await syncFolder(disk, posix.dirname(path));
  return { model, warnings };
}

async function overwrite(
  { disk }: Writing,
  path: string,
  chunks: Chunks,
  mode: number,
): Promise<Omit<StagedFile, 'path'>> {
  const file = await disk.overwrite(path);
  try {
    return await fillFile(file, chunks, mode);
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
}

interface Kept {
  operation: string;
  warnings: string[];
}

/** Puts copies in the place of model and sidecar, which go to the trash: undoing that takes back whatever is written to the copies. */
async function keepOld(
  writing: Writing,
  target: Target,
  recorded: string | null,
  mode: number,
): Promise<Kept> {
  const { disk, root, config } = writing;
  const draft = writing.newOperation('save', `save ${target.id}`, true);
  const staged: StagedFile[] = [];
  try {
    const { steps, warnings } = await stageBackup(writing, target.id, recorded, draft, staged);
    steps.push(await copyStep(writing, target.id, draft, staged, mode));
    if (config.save_metadata)
      steps.push(await copyStep(writing, target.sidecar, draft, staged, modeOfSidecar(mode, null)));
    else steps.push(...(await moveSidecar(writing, target, draft)));
    await commitOperation(disk, root, complete(draft, steps, [target.id], bytesKept(steps)));
    return { operation: draft.id, warnings };
  } catch (error) {
    for (const { path } of staged) await disk.unlink(path).catch(() => undefined);
    throw error;
  }
}

/** A file that is not there yet begins empty: what comes of it can be taken back too. */
async function copyStep(
  { disk, root }: Writing,
  id: string,
  draft: OperationDraft,
  staged: StagedFile[],
  mode: number,
): Promise<Step> {
  const folder = posix.dirname(`${root}/${id}`);
  const there = await disk.lookAt(`${root}/${id}`);
  const copy = there
    ? await stageCopy(disk, `${root}/${id}`, folder, 'copy')
    : await stageFile(disk, folder, 'copy', [Buffer.from('{}')], mode);
  staged.push(copy);
  return placeStep(disk, root, inRun(root, copy.path), id, draft.id);
}

async function writeSidecar(
  { disk, root }: Writing,
  request: SaveRequest,
  target: Target,
  model: StagedFile,
  mode: number,
): Promise<void> {
  const text = sidecarText(root, request, { ...target, ...model });
  const path = `${root}/${target.sidecar}`;
  await replaceDurably(
    disk,
    posix.dirname(path),
    posix.basename(path),
    Buffer.from(text),
    modeOfSidecar(mode, null),
  );
}

async function takeBack(writing: Writing, operation: string): Promise<void> {
  const { disk, root } = writing;
  const target = await findUndoable(disk, root, operation);
  const draft = writing.newOperation('undo', `undo of ${operation}`, true);
  await undo(disk, root, target, draft);
  await discardKept(disk, root, draft.id);
}

function torn(id: string, error: unknown): ModelManagerError {
  return new ModelManagerError(
    `${escapeName(id)} is torn now — ${explainError(error)}, and it was written in place — save it again, or bring it back from a backup`,
    { path: id, cause: error },
  );
}
