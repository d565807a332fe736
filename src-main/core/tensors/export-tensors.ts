import { join, resolve } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { plainFileNames } from '../files/plain-file-name.ts';
import { assertNameFree, writeNewFile } from '../files/write-new-file.ts';
import type { Tensor } from '../formats/contents.ts';
import { zipChunks } from '../packing/zip-records.ts';
import type { ElementReading } from './element-blocks.ts';
import { type NpyFile, npyFile } from './write-array.ts';

/** What was written. */
export interface ExportedTensors {
  /** Absolute: a file, or a folder. */
  path: string;
  tensors: number;
  bytes: number;
  /** Names of tensors whose elements cannot be read in their order. */
  leftOut: string[];
}

interface NamedFile extends NpyFile {
  /** With its ending. */
  name: string;
}

/**
 * Writes the elements of several tensors: to one new `.npz` where the path ends so, a zip of arrays that is written as they are read and
 * not packed; else to a new folder with an `.npy` for each. Their names become file names that lead nowhere.
 * @param mode that of new files
 * @throws UsageError when the name is taken, ModelManagerError when no tensor can be read, the signal's reason, and what reading and
 * writing throw; nothing is left behind then
 */
export async function exportTensors(
  disk: Disk,
  tensors: readonly Tensor[],
  path: string,
  reading?: ElementReading,
  mode?: number,
): Promise<ExportedTensors> {
  const target = resolve(path);
  await assertNameFree(disk, target);
  const named = plainFileNames(
    tensors.map(({ name }) => name),
    'tensor',
  );
  const files = tensors.map((tensor) => npyFile(tensor, reading));
  const leftOut = tensors.filter((_, index) => files[index] === null).map(({ name }) => name);
  const written = files.flatMap((file, index) => (file ? { ...file, name: `${named[index]}.npy` } : []));
  if (written.length === 0) throw nothingToExport(target);
  const write = target.endsWith('.npz') ? writeZip : writeFolder;
  const bytes = await write(disk, written, target, mode);
  return { path: target, tensors: written.length, bytes, leftOut };
}

async function writeZip(
  disk: Disk,
  files: readonly NamedFile[],
  target: string,
  mode?: number,
): Promise<number> {
  return (await writeNewFile(disk, target, zipChunks(files), mode)).size;
}

async function writeFolder(
  disk: Disk,
  files: readonly NamedFile[],
  target: string,
  mode?: number,
): Promise<number> {
  await disk.mkdir(target);
  const written: string[] = [];
  let bytes = 0;
  try {
    for (const { name, chunks } of files) {
      const { path, size } = await writeNewFile(disk, join(target, name), chunks(), mode);
      written.push(path);
      bytes += size;
    }
  } catch (error) {
    for (const path of written) await disk.unlink(path).catch(() => undefined);
    // Where somebody put a file into it meanwhile, it stays.
    await disk.rmdir(target).catch(() => undefined);
    throw error;
  }
  return bytes;
}

function nothingToExport(target: string): ModelManagerError {
  const what = `cannot export to ${escapeName(target, 400)}`;
  return new ModelManagerError(
    `${what} — of none of these tensors the elements can be read in their order — inspect the file to see why`,
  );
}
