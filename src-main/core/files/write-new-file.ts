import { access, constants } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import { confirmDone } from '../operations/confirm-done.ts';
import type { Disk } from './disk.ts';
import { errorCode, explainError, isFull } from './error-code.ts';
import { modeOfMade } from './file-mode.ts';
import { placeNew } from './place-new.ts';
import { type Chunks, type StagedFile, stageFile } from './stage-file.ts';

/**
 * Writes a file that a person asked for, wherever they want it: whole or not at all, and never over one that is there.
 * @param target absolute
 * @param mode its permission bits; without, those of a new file of this person
 * @throws UsageError when the name is taken, or none that there can be; ModelManagerError when it cannot be written; what the chunks
 * throw, but for system errors, which count as those of writing. Nothing is left behind then, but where it is "uncertain" whether the file lasts
 */
export async function writeNewFile(
  disk: Disk,
  target: string,
  chunks: Chunks,
  mode = modeOfMade(),
): Promise<StagedFile> {
  try {
    return await place(disk, target, chunks, mode);
  } catch (error) {
    throw inWords(target, error);
  }
}

async function place(disk: Disk, target: string, chunks: Chunks, mode: number): Promise<StagedFile> {
  const staged = await stageFile(disk, dirname(target), basename(target), chunks, mode);
  try {
    await placeNew(disk, staged, target);
  } catch (error) {
    throw errorCode(error) === 'EEXIST' ? taken(target) : error;
  } finally {
    await disk.unlink(staged.path).catch(() => undefined);
  }
  await confirmDone(disk, [dirname(target)], `${escapeName(target, 400)} is written`);
  return { ...staged, path: target };
}

/**
 * Before anything is made ready.
 * @throws UsageError when the name is taken, or none that there can be, or its folder is not there; ModelManagerError when nothing may be
 * written there
 */
export async function assertNameFree(disk: Disk, target: string): Promise<void> {
  const folder = dirname(target);
  try {
    const found = await disk.lookAt(folder);
    if (found === null) throw noFolder(target, 'is not there — make it');
    if (found.type === 'file') throw noFolder(target, 'is a file — move that away');
    if ((await disk.lookAt(target)) !== null) throw taken(target);
    await access(folder, constants.W_OK);
  } catch (error) {
    throw inWords(target, error);
  }
}

const wrongNames = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG']);

/** What the system says of writing a file as one line; anything else as it is. */
function inWords(target: string, error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error)) return error;
  const told = (fix: string) => `cannot write ${escapeName(target, 400)} — ${explainError(error)} — ${fix}`;
  const more = { path: target, cause: error };
  if (wrongNames.has(errorCode(error) ?? '')) return new UsageError(told('choose another name'), more);
  const fix = isFull(error) ? 'make room there, or name another folder' : 'name another folder';
  return new ModelManagerError(told(fix), more);
}

function noFolder(target: string, why: string): UsageError {
  const folder = escapeName(dirname(target), 400);
  return new UsageError(
    `cannot write ${escapeName(target, 400)} — the folder ${folder} ${why}, or name another`,
    { path: target },
  );
}

function taken(path: string): UsageError {
  return new UsageError(
    `cannot write ${escapeName(path, 400)} — a file of that name is there already — choose another name`,
    { path },
  );
}
