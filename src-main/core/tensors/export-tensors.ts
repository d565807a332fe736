import { basename, dirname, join, resolve } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { plainFileNames } from '../files/plain-file-name.ts';
import { stagingName } from '../files/stage-file.ts';
import { assertNameFree, writeNewFile } from '../files/write-new-file.ts';
import type { Tensor } from '../formats/contents.ts';
import { confirmDone } from '../operations/confirm-done.ts';
import { removeStage, sweepStages } from '../operations/sweep-stages.ts';
import { zipChunks } from '../packing/zip-records.ts';
import type { ElementReading } from './element-blocks.ts';
import { MemberChecks } from './member-checks.ts';
import { assertSound, readable, whileSound } from './while-sound.ts';
import { whyNotExported } from './why-not-exported.ts';
import { type NpyFile, npyFile } from './write-array.ts';
import { formatCsvRows } from './write-csv.ts';

/** What was written. */
export interface ExportedTensors {
  /** Absolute: a file, or a folder. */
  path: string;
  tensors: number;
  bytes: number;
  /** Names of tensors whose elements cannot be read in their order. */
  leftOut: string[];
}

/** What the files of a folder are. */
export type ArrayForm = 'npy' | 'csv';

type CheckedReading = ElementReading & Required<Pick<ElementReading, 'checks'>>;

interface NamedFile extends NpyFile {
  /** With its ending. */
  name: string;
}

/**
 * Writes the elements of several tensors: to one new `.npz` where the path ends so, a zip of arrays that is written as they are read and
 * not packed; else to a new folder with an `.npy`, or `.csv`, for each. Their names become file names that lead nowhere.
 * Either has its name once it is whole; what an export that was killed left beside it goes with the next.
 * @param mode that of new files
 * @throws UsageError when the name is taken, ModelManagerError when no tensor can be read or one is known to be damaged, the signal's reason, and what reading and
 * writing throw; nothing is left behind then, but where it is "uncertain" whether it lasts
 */
export async function exportTensors(
  disk: Disk,
  tensors: readonly Tensor[],
  path: string,
  reading?: ElementReading,
  mode?: number,
  form: ArrayForm = 'npy',
): Promise<ExportedTensors> {
  const target = resolve(path);
  const isZip = target.endsWith('.npz');
  if (isZip && form === 'csv') throw noZipOfText(target);
  await assertNameFree(disk, target);
  const named = plainFileNames(
    tensors.map(({ name }) => name),
    'tensor',
  );
  const checks = new MemberChecks();
  const checked = { ...reading, checks };
  const files = tensors.map((tensor) => (form === 'csv' ? csvFile : npyFile)(tensor, checked));
  const leftOut = tensors.filter((_, index) => files[index] === null).map(({ name }) => name);
  const written = files.flatMap((file, index) => (file ? { ...file, name: `${named[index]}.${form}` } : []));
  if (written.length === 0) throw nothingToExport(target, tensors);
  await sweepStages(disk, dirname(target)).catch(() => undefined);
  const bytes = await (isZip ? writeZip : writeFolder)(disk, written, target, checked, mode);
  return { path: target, tensors: written.length, bytes, leftOut };
}

async function writeZip(
  disk: Disk,
  files: readonly NamedFile[],
  target: string,
  { checks, signal }: CheckedReading,
  mode?: number,
): Promise<number> {
  return (await writeNewFile(disk, target, whileSound(zipChunks(files), checks, target, signal), mode)).size;
}

/** Beside its place, where it goes once it is whole. */
async function writeFolder(
  disk: Disk,
  files: readonly NamedFile[],
  target: string,
  { checks, signal }: CheckedReading,
  mode?: number,
): Promise<number> {
  const staged = join(dirname(target), stagingName(basename(target)));
  await disk.mkdir(staged);
  let bytes = 0;
  try {
    for (const { name, chunks } of files)
      bytes += (await writeNewFile(disk, join(staged, name), readable(chunks(), target), mode)).size;
    await assertSound(checks, target, signal);
    // A rename takes the place of an empty folder.
    await assertNameFree(disk, target);
    await disk.rename(staged, target);
  } catch (error) {
    await removeStage(disk, staged).catch(() => undefined);
    throw error;
  }
  await confirmDone(disk, [dirname(target)], `${escapeName(target, 400)} is written`);
  return bytes;
}

/** How long it is, is known once it is written. */
function csvFile(tensor: Tensor, reading?: ElementReading): NpyFile | null {
  const chunks = formatCsvRows(tensor, reading);
  return chunks && { size: Number.NaN, chunks: () => chunks };
}

function noZipOfText(target: string): UsageError {
  return new UsageError(
    `cannot export to ${escapeName(target, 400)} — an .npz holds no CSV — name a folder, or leave CSV out`,
    { path: target },
  );
}

/** Of so many the reasons are told. */
const mostReasons = 3;

function nothingToExport(target: string, tensors: readonly Tensor[]): ModelManagerError {
  const reasons = [...new Set(tensors.slice(0, mostReasons).map(whyNotExported))];
  const why = reasons.length > 0 ? `: ${reasons.join('; ')}` : '';
  const what = `cannot export to ${escapeName(target, 400)}`;
  return new ModelManagerError(
    `${what} — of none of these tensors the elements can be written${why} — load it in Python, or export other ones`,
  );
}
