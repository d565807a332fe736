import { basename, dirname, join } from 'node:path';
import type { Version } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { baseOf, type VersionFiles } from '../catalog/files-of-versions.ts';
import { companionFor, kindOfCompanion } from '../catalog/layouts/known-layouts.ts';
import { isLentTo } from '../catalog/lent-files.ts';
import { chooseSidecar, interpretSidecar } from '../catalog/read-sidecar.ts';
import { foldersHolding } from '../catalog/version-folders.ts';
import { ModelManagerError, ModelNotFoundError, UsageError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { type PlacedFile, placeNew, removePlaced } from '../files/place-new.ts';
import { readRecord } from '../files/read-record.ts';
import { roomOutside } from '../files/room.ts';
import { type Reading, type StagedFile, stageCopy } from '../files/stage-file.ts';
import { findNoFile } from '../files/tell-no-file.ts';
import type { PoolOptions } from '../integrity/integrity-pool.ts';
import { manifestBelow } from '../integrity/manifest.ts';
import { notDurable } from '../operations/commit-and-tell.ts';
import { ownersRights, syncFolder, syncFoldersAbove } from '../operations/run-folders.ts';
import { sweepStages } from '../operations/sweep-stages.ts';
import { type OutsideFolder, removeMade } from './make-outside-folder.ts';
import { assertRoomForCopies, filesAt, tellOfRoom } from './room-for-copies.ts';
import { whileUntouched } from './while-untouched.ts';

export interface Exported {
  to: string;
  files: { id: string; checksum: string }[];
}

export interface ExportSource {
  /** Where a file of a version is now, absolute, by its path in the run: an interrupted operation may have it elsewhere. */
  placeOf: (path: string) => string;
  /** What is added to a model's name to name the copy of what it replaced. */
  backupSuffix: string;
  /** The SHA-256 on record of a version. */
  checksumOf: (id: string) => string | null;
  /** Ends the export, of which nothing is left then. */
  reading?: Reading | undefined;
  /** Is told where the disk runs low, or what was written may not last. */
  onNotice?: ((notice: string) => void) | undefined;
}

/** A version, and its files with the names that they get: in a folder of its own, where the version is a folder. */
interface Copies extends Pick<VersionFiles, 'parts'> {
  id: string;
  folder: string | undefined;
  files: { file: string; name: string }[];
}

/** What an export has put into its folder so far; `made` are folders in it, outer ones first. */
interface Own {
  staged: StagedFile[];
  made: string[];
  placed: PlacedFile[];
}

/**
 * Writes copies of versions, their sidecars with them, to a folder outside: all of them or none, and never over a file that is
 * there, or comes to be there meanwhile.
 * @throws UsageError when a name is taken, ModelManagerError when there is no room or a copy does not match the checksum on record, the signal's reason
 */
export async function exportVersions(
  disk: Disk,
  source: ExportSource,
  versions: readonly VersionFiles[],
  folder: OutsideFolder,
): Promise<Exported & { bytes: number }> {
  const own: Own = { staged: [], made: [], placed: [] };
  try {
    const files = await placeCopies(disk, source, copiesOf(versions, source.backupSuffix), folder, own);
    return { to: folder.path, files, bytes: own.staged.reduce((sum, { size }) => sum + size, 0) };
  } catch (error) {
    const left = await takeBack(disk, own);
    await removeMade(disk, folder).catch(() => undefined);
    throw left.length === 0 ? error : unclean(folder.path, left, error);
  }
}

/** @throws ModelNotFoundError for one of these that has no file any more */
export function assertThere(ids: readonly string[], versions: readonly VersionFiles[]): void {
  const there = new Set(versions.map(({ id }) => id));
  const gone = ids.find((id) => !there.has(id));
  if (gone === undefined) return;
  throw new ModelNotFoundError(
    `cannot export ${escapeName(gone)} — it is not in this run any more — list the versions again`,
    { path: gone },
  );
}

/** What is known of the versions of a run, and looks into files that nobody has read. */
interface Looking {
  version: (id: string) => Pick<Version, 'integrity'> | undefined;
  isRecognised: (id: string) => boolean | null;
  checkStructures: (ids: readonly string[], options?: PoolOptions) => Promise<void>;
}

/**
 * What cannot be copied tells that itself, and a file in which nobody knows a checkpoint is not torn.
 * @throws ModelManagerError for one of these that is torn, or known to be other bytes than on record: a copy would pass for good; the signal's reason
 */
export async function assertSound(
  ids: readonly string[],
  run: Looking,
  { signal }: Reading = {},
): Promise<void> {
  await run.checkStructures(ids, signal && { signal });
  for (const id of ids) {
    const { state, detail } = run.version(id)?.integrity ?? {};
    const isTorn = state === 'torn' && run.isRecognised(id) !== false;
    if (isTorn || state === 'mismatch') throw contradicted(id, detail ?? state);
  }
}

/** The reference's copies of what was replaced are of use within the run alone. */
function copiesOf(versions: readonly VersionFiles[], backupSuffix: string): Copies[] {
  return versions.map(({ id, files, folder, parts }) => {
    const nameOf = (file: string) => (folder === undefined ? nameBeside(id, file) : below(file, folder));
    const kept = files.filter((file) => folder !== undefined || file !== id + backupSuffix);
    const named = kept.flatMap((file) => {
      const name = nameOf(file);
      return name === null ? [] : [{ file, name }];
    });
    return { id, folder, files: named, ...(parts ? { parts } : {}) };
  });
}

/** The name of a file of a model beside it; one that models share, or lend each other, gets that of a companion, null where it is of no such kind. */
function nameBeside(id: string, file: string): string | null {
  if (dirname(file) === dirname(id) && !isLentTo(id, file)) return basename(file);
  const kind = kindOfCompanion(file);
  return kind === null ? null : (companionFor(basename(id), kind) ?? null);
}

/** The path of a file of a folder, from where that stands. */
function below(file: string, folder: string): string {
  return file.slice(folder.lastIndexOf('/') + 1);
}

async function placeCopies(
  disk: Disk,
  source: ExportSource,
  versions: readonly Copies[],
  { path: to, made }: OutsideFolder,
  own: Own,
): Promise<Exported['files']> {
  const copies = versions.flatMap(({ id, files }) => files.map((copy) => ({ id, ...copy })));
  await assertFree(disk, to, topNames(versions));
  // What cannot be removed takes room, and no more.
  await sweepStages(disk, to).catch(() => undefined);
  const room = roomOutside(disk, to, 'export');
  const originals = await filesAt(
    disk,
    copies.map(({ file }) => ({ path: source.placeOf(file) })),
  );
  await assertRoomForCopies(room, originals);
  for (const version of versions) {
    await assertFiles(disk, source, version);
    const paths = version.files.map(({ file }) => source.placeOf(file));
    await whileUntouched(disk, version.id, paths, () => stageVerified(disk, source, version, to, own));
  }
  source.reading?.signal?.throwIfAborted();
  for (const version of versions) await makeFolders(disk, source, version, to, own);
  for (const [index, staged] of own.staged.entries()) {
    const name = copies[index]?.name ?? '';
    own.placed.push(await placeNew(disk, staged, join(to, name)).catch(orTaken(to, name)));
  }
  for (const { path } of own.staged) await removeIfThere(disk, path);
  for (const folder of own.made.toReversed()) await syncFolder(disk, folder);
  if (!(await syncFolder(disk, to))) source.onNotice?.(notDurable);
  if (made !== null) await syncFoldersAbove(disk, to);
  await tellOfRoom(room, originals, source.onNotice);
  return copies.flatMap(({ id, file }, index) =>
    file === id ? [{ id, checksum: own.staged[index]?.checksum ?? '' }] : [],
  );
}

/** Makes the folders that a version is made of, open to nobody who might not look into its own. */
async function makeFolders(
  disk: Disk,
  { placeOf }: ExportSource,
  { folder, files }: Copies,
  to: string,
  own: Own,
): Promise<void> {
  if (folder === undefined) return;
  const above = folder.slice(0, folder.lastIndexOf('/') + 1);
  const names = [...foldersHolding(files.map(({ name }) => name))].filter((name) => name !== '').sort();
  for (const name of names) {
    const look = await disk.lookAt(placeOf(above + name));
    await disk.mkdir(join(to, name), (look?.mode ?? 0) | ownersRights).catch(orTaken(to, name));
    own.made.push(join(to, name));
  }
}

/** @throws ModelManagerError where something of a version is no file: it could not be copied, and nothing else is opened */
async function assertFiles(disk: Disk, { placeOf }: ExportSource, { id, files }: Copies): Promise<void> {
  const paths = files.map(({ file }) => file);
  const odd = await findNoFile(disk, paths, placeOf);
  if (!odd) return;
  throw new ModelManagerError(
    `cannot export ${escapeName(id)} — ${escapeName(odd.path)} is ${odd.is} — ${odd.fix}`,
    { path: odd.path },
  );
}

async function stageVerified(
  disk: Disk,
  { placeOf, checksumOf, reading }: ExportSource,
  version: Copies,
  to: string,
  own: Own,
): Promise<void> {
  const { id, files, parts } = version;
  const staged = new Map<string, StagedFile>();
  for (const { file, name } of files) {
    const copy = await stageCopy(disk, placeOf(file), to, basename(name), reading);
    staged.set(file, copy);
    own.staged.push(copy);
  }
  const actual = parts === undefined ? staged.get(id)?.checksum : manifestOf(staged, version, parts);
  const recorded = checksumOf(id);
  if (recorded !== null && recorded !== actual) throw contradicted(id, 'its bytes do not match its checksum');
  const told = parts === undefined ? await checksumTold(disk, staged) : null;
  if (told !== null && told !== actual)
    throw contradicted(id, 'the checksum in its sidecar is not that of its bytes');
}

function manifestOf(
  staged: ReadonlyMap<string, StagedFile>,
  { id, folder }: Copies,
  parts: readonly string[],
): string {
  const own = parts.map((path) => ({ path, checksum: staged.get(path)?.checksum ?? '' }));
  return manifestBelow(baseOf(folder === undefined ? { id } : { id, folder }), own);
}

/** The names that come to be in the folder itself: of a version that is a folder, that of it. */
function topNames(versions: readonly Copies[]): string[] {
  return versions.flatMap(({ folder, files }) =>
    folder === undefined ? files.map(({ name }) => name) : [basename(folder)],
  );
}

/** What is on record of a version may be older than the sidecar that goes with it. */
async function checksumTold(disk: Disk, staged: ReadonlyMap<string, StagedFile>): Promise<string | null> {
  const sidecars = [...staged.keys()].filter((file) => file.endsWith('.json'));
  const copy = staged.get(chooseSidecar(sidecars) ?? '');
  const read = copy && (await readRecord(disk, copy.path, interpretSidecar));
  return read && 'value' in read ? (read.value.metadata?.checksum?.toLowerCase() ?? null) : null;
}

function contradicted(id: string, why: string): ModelManagerError {
  const message = `cannot export ${escapeName(id)} — ${why} — verify it, or restore it from a backup`;
  return new ModelManagerError(message, { path: id });
}

/** Removes what was put into the folder, as far as the disk still does that. @returns the names that stay */
async function takeBack(disk: Disk, { staged, made, placed }: Own): Promise<string[]> {
  const left: string[] = [];
  const remove = (path: string, removing: Promise<void>) =>
    removing.catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') left.push(basename(path));
    });
  for (const each of placed) await remove(each.path, removePlaced(disk, each));
  for (const folder of made.toReversed()) await remove(folder, disk.rmdir(folder));
  for (const { path } of staged) await remove(path, disk.unlink(path));
  return left;
}

function unclean(to: string, left: readonly string[], cause: unknown): ModelManagerError {
  const names = left.map((name) => escapeName(name)).join(', ');
  return new ModelManagerError(
    `the export to ${escapeName(to)} failed — ${explainError(cause)} — remove what could not be taken back: ${names}`,
    { path: to, cause },
  );
}

async function assertFree(disk: Disk, to: string, names: readonly string[]): Promise<void> {
  for (const [index, name] of names.entries())
    if (names.indexOf(name) !== index || (await disk.lookAt(join(to, name))) !== null) throw taken(to, name);
}

/** Where there are no links, what was placed has its new name alone. */
async function removeIfThere(disk: Disk, path: string): Promise<void> {
  if (await disk.lookAt(path)) await disk.unlink(path);
}

function orTaken(to: string, name: string): (error: unknown) => never {
  return (error) => {
    throw errorCode(error) === 'EEXIST' ? taken(to, name) : error;
  };
}

function taken(to: string, name: string): UsageError {
  return new UsageError(
    `cannot export ${escapeName(name)} — a file of that name is in ${escapeName(to)} already — name an empty folder`,
    { path: to },
  );
}
