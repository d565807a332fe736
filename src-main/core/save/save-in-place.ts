import { posix } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk, DiskFile } from '../files/disk.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { modeOfSidecar } from '../files/file-mode.ts';
import { type Chunks, fillFile, type StagedFile, stageFile } from '../files/stage-file.ts';
import { linesFor } from '../integrity/listed-lines.ts';
import { changeList, linesAt } from '../operations/change-list.ts';
import { notDurable } from '../operations/commit-and-tell.ts';
import { syncFolder } from '../operations/run-folders.ts';
import { assertUntouched, changedOnDisk, isUntouched, type Seen } from '../operations/untouched.ts';
import type { Writing } from '../operations/write-run.ts';
import { sidecarText } from './build-sidecar.ts';
import { lookAtContents } from './check-save.ts';
import type { Target } from './choose-target.ts';
import { bringOldBack, type Kept, keepOld } from './keep-old.ts';
import { type Placed, type Replaced, tellUnlisted } from './place-version.ts';
import type { SaveRequest } from './save-request.ts';

const said =
  'it was written in place, as atomic_saves: false asks: a crash in the middle would have left it torn';

/** A save in place on its way. `own` are the inodes that it put into the run: no other file may be removed when it fails. */
interface Attempt {
  writing: Writing;
  target: Target;
  /** What has the two names before the first byte is written. */
  model: Seen | null;
  sidecar: Seen | null;
  kept: Kept | null;
  own: Set<number>;
  /** Whether the old bytes are gone. */
  begun: boolean;
  /** Whether the file system confirmed that the names outlive a power cut. */
  isDurable: boolean;
}

/**
 * Writes the bytes to the version's own name, as `atomic_saves: false` asks. What has the name is backed up first, and kept in
 * the trash, so that a failure, or a person, can take the save back; without `backup_before_overwrite` nothing can.
 * @throws ModelManagerError, or the signal's reason, with everything as it was wherever there is a backup
 */
export async function saveInPlace(
  writing: Writing,
  request: SaveRequest,
  target: Target,
  chunks: Chunks,
  replaced: Replaced,
): Promise<Placed> {
  const attempt = await prepare(writing, target, replaced);
  try {
    request.signal?.throwIfAborted();
    const model = await writeModel(attempt, chunks, replaced.mode);
    const look = await writing.disk.lookAt(model.path);
    const { warnings, ...seen } = await lookAtContents(writing, model.path, target.id);
    await writeSidecar(attempt, request, model, replaced.mode);
    const { operation = null, backup = null, warnings: kept = [] } = attempt.kept ?? {};
    const { old, stays } = replaced;
    const placed = old && { operation, backup, ...(stays && { stays }) };
    const told = {
      operation,
      warnings: [said, ...doubtOf(attempt), ...warnings, ...kept, ...(await putOnRecord(attempt, model))],
    };
    return { ...seen, ...told, model, look, companions: [], replaced: placed };
  } catch (error) {
    await takeBack(attempt, error);
    throw error;
  }
}

function doubtOf({ isDurable }: Attempt): string[] {
  return isDurable ? [] : [notDurable];
}

/** The checksum that no sidecar has. @returns what is worth saying */
async function putOnRecord(
  { writing, target: { id } }: Attempt,
  { checksum }: StagedFile,
): Promise<string[]> {
  const { config, disk, root } = writing;
  if (config.save_metadata) return [];
  const listed = linesFor([{ id, checksum }]);
  return changeList(disk, root, { listed }).then(
    () => [],
    (error: unknown) => [tellUnlisted(error)],
  );
}

async function prepare(writing: Writing, target: Target, replaced: Replaced): Promise<Attempt> {
  const { config, disk, root } = writing;
  const { old, stays } = replaced;
  const there = await disk.lookAt(`${root}/${target.sidecar}`);
  const isWanted = config.backup_before_overwrite || stays;
  const kept = old && isWanted ? await keepOld(writing, target, replaced) : null;
  const [model, sidecar] = kept ? [kept.model, kept.sidecar] : [old, there];
  return { writing, target, model, sidecar, kept, own: new Set(kept?.inodes), begun: false, isDurable: true };
}

async function writeModel(attempt: Attempt, chunks: Chunks, mode: number): Promise<StagedFile> {
  const { disk, root } = attempt.writing;
  const path = `${root}/${attempt.target.id}`;
  const file = await (attempt.model ? disk.reopen(path) : createNew(disk, path, attempt.target.id));
  try {
    await begin(attempt, file);
    const model = { path, ...(await fillFile(file, chunks, mode)) };
    attempt.isDurable = await syncFolder(disk, posix.dirname(path));
    return model;
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
}

async function createNew(disk: Disk, path: string, id: string): Promise<DiskFile> {
  return disk.create(path).catch((error: unknown) => {
    throw errorCode(error) === 'EEXIST' ? changedOnDisk(id) : error;
  });
}

/** @throws ModelManagerError where the file is not the one that was seen, or not as it was */
async function begin(attempt: Attempt, file: DiskFile): Promise<void> {
  const { disk, root } = attempt.writing;
  const { id, sidecar } = attempt.target;
  if (!attempt.model) attempt.own.add(file.opened.ino);
  assertSame(attempt, file.opened);
  // What is on record of the old bytes must not seem to be of the new ones.
  const unlisted = await linesAt(disk, root, [id, sidecar]);
  await changeList(disk, root, { unlisted });
  try {
    assertSame(attempt, await disk.lookAt(`${root}/${id}`));
  } catch (error) {
    await changeList(disk, root, { listed: unlisted });
    throw error;
  }
  attempt.begun = true;
  if (attempt.model) await file.truncate();
}

function assertSame({ model, target }: Attempt, now: Seen | null): void {
  if (model) assertUntouched(model, now, target.id);
}

/** Where none is to be written, one that tells of the old bytes goes. */
async function writeSidecar(
  { writing: { config, disk, root }, target, sidecar, own }: Attempt,
  request: SaveRequest,
  model: StagedFile,
  mode: number,
): Promise<void> {
  const path = `${root}/${target.sidecar}`;
  const folder = posix.dirname(path);
  const now = await disk.lookAt(path);
  if (!config.save_metadata) {
    if (now?.type === 'file' && isUntouched(sidecar, now)) await disk.unlink(path);
    await syncFolder(disk, folder);
    return;
  }
  const text = sidecarText(root, request, target, model);
  const sidecarMode = modeOfSidecar(mode, now?.mode ?? null);
  const staged = await stageFile(disk, folder, 'sidecar.json', [Buffer.from(text)], sidecarMode);
  try {
    own.add((await disk.lookAt(staged.path))?.ino ?? 0);
    assertUntouched(sidecar, await disk.lookAt(path), target.sidecar);
    await disk.rename(staged.path, path);
  } catch (error) {
    await disk.unlink(staged.path).catch(() => undefined);
    throw error;
  }
  await syncFolder(disk, folder);
}

/**
 * Whatever another program put under the names meanwhile stays there.
 * @throws ModelManagerError where the old file cannot be had back
 */
async function takeBack(attempt: Attempt, error: unknown): Promise<void> {
  const { writing, target, model, kept, own, begun } = attempt;
  if (model && !kept && !begun) return;
  if (model && !kept) throw torn(target.id, error);
  try {
    if (!kept) await freeAgain(attempt);
    else if (await isOurs(attempt)) await bringOldBack(writing, kept.operation, own);
  } catch {
    throw torn(target.id, error);
  }
}

/** Whether the copy still has the name, and nobody wrote to it before this save did. */
async function isOurs({ writing: { disk, root }, target, model, begun }: Attempt): Promise<boolean> {
  const now = await disk.lookAt(`${root}/${target.id}`);
  return begun ? now?.ino === model?.ino : isUntouched(model, now);
}

/** The sidecar goes first, and for good: it must not tell of a model that is gone. */
async function freeAgain({ writing: { disk, root }, target, own }: Attempt): Promise<void> {
  for (const id of [target.sidecar, target.id]) {
    const now = await disk.lookAt(`${root}/${id}`);
    if (!now || !own.has(now.ino)) continue;
    await disk.unlink(`${root}/${id}`);
    await syncFolder(disk, posix.dirname(`${root}/${id}`));
  }
}

function torn(id: string, error: unknown): ModelManagerError {
  return new ModelManagerError(
    `${escapeName(id)} is torn now — ${explainError(error)}, and it was written in place — save it again, or bring it back from a backup`,
    { path: id, cause: error },
  );
}
