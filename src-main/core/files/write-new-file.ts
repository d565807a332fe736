import { basename, dirname } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { UsageError } from '../errors.ts';
import type { Disk } from './disk.ts';
import { errorCode } from './error-code.ts';
import { placeNew } from './place-new.ts';
import { type Chunks, stageFile } from './stage-file.ts';

/**
 * Writes a file that somebody asked for, whole or not at all, and never over one that is there.
 * @param target absolute
 * @throws UsageError when the name is taken, and what reading and writing throw; nothing is left behind then
 */
export async function writeNewFile(
  disk: Disk,
  target: string,
  chunks: Chunks,
): Promise<{ path: string; bytes: number; checksum: string }> {
  if ((await disk.lookAt(target)) !== null) throw taken(target);
  const staged = await stageFile(disk, dirname(target), basename(target), chunks);
  try {
    await placeNew(disk, staged, target);
  } catch (error) {
    throw errorCode(error) === 'EEXIST' ? taken(target) : error;
  } finally {
    await disk.unlink(staged.path).catch(() => undefined);
  }
  await disk.syncFolder(dirname(target));
  return { path: target, bytes: staged.size, checksum: staged.checksum };
}

function taken(path: string): UsageError {
  return new UsageError(
    `cannot export to ${escapeName(path)} — a file of that name is there already — choose another name`,
    { path },
  );
}
