import { access, constants } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import type { Disk } from './disk.ts';
import { errorCode, explainError } from './error-code.ts';
import { modeOfMade } from './file-mode.ts';
import { placeNew } from './place-new.ts';
import { type Chunks, type StagedFile, stageFile } from './stage-file.ts';

/**
 * Writes a file that a person asked for, wherever they want it: whole or not at all, and never over one that is there.
 * @param target absolute
 * @param mode its permission bits; without, those of a new file of this person
 * @throws UsageError when the name is taken, and what the chunks and writing throw; nothing is left behind then
 */
export async function writeNewFile(
  disk: Disk,
  target: string,
  chunks: Chunks,
  mode = modeOfMade(),
): Promise<StagedFile> {
  const staged = await stageFile(disk, dirname(target), basename(target), chunks, mode);
  try {
    await placeNew(disk, staged, target);
  } catch (error) {
    throw errorCode(error) === 'EEXIST' ? taken(target) : error;
  } finally {
    await disk.unlink(staged.path).catch(() => undefined);
  }
  await disk.syncFolder(dirname(target));
  return { ...staged, path: target };
}

/**
 * Before anything is made ready.
 * @throws UsageError when the name is taken, or its folder is not there; ModelManagerError when nothing may be written there
 */
export async function assertNameFree(disk: Disk, target: string): Promise<void> {
  const folder = dirname(target);
  if ((await disk.lookAt(folder)) === null)
    throw new UsageError(
      `cannot write ${escapeName(target, 400)} — the folder ${escapeName(folder, 400)} is not there — make it, or name another`,
      { path: target },
    );
  if ((await disk.lookAt(target)) !== null) throw taken(target);
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new ModelManagerError(
      `cannot write ${escapeName(target, 400)} — ${explainError(cause)} — name another folder`,
      { path: target, cause },
    );
  });
}

function taken(path: string): UsageError {
  return new UsageError(
    `cannot write ${escapeName(path, 400)} — a file of that name is there already — choose another name`,
    { path },
  );
}
