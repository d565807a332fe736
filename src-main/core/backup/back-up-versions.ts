import { join } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { baseOf, type VersionFiles } from '../catalog/files-of-versions.ts';
import { ModelManagerError, ModelValidationError } from '../errors.ts';
import { explainError } from '../files/error-code.ts';
import { fewAtATime } from '../files/few-at-a-time.ts';
import { hashOf } from '../files/hash-of.ts';
import type { Reading } from '../files/stage-file.ts';
import { findNoFile } from '../files/tell-no-file.ts';
import { checksumsIn } from '../integrity/listed-lines.ts';
import { manifestBelow } from '../integrity/manifest.ts';
import { linesAt } from '../operations/change-list.ts';
import { newOperationId } from '../operations/operation.ts';
import { modesOf } from '../operations/run-folders.ts';
import { type BackupFile, type BackupManifest, filesOf } from './backup-manifest.ts';
import type { BackupStore } from './backup-store.ts';
import { whileUntouched } from './while-untouched.ts';

export interface BackupRequest {
  label: string | null;
  reason: string;
  /** What the run is known by. */
  runId?: string;
  /** The SHA-256 on record of a version. */
  checksumOf: (id: string) => string | null;
  /** What is known to speak against a version, whose bytes are not read then; null for nothing. */
  faultOf?: (id: string) => string | null;
  /** Ends it, with no backup made. */
  reading?: Reading;
  /** Gets the checksums of bytes that were not in the store before. */
  added?: Set<string>;
}

export interface BackedUp {
  manifest: BackupManifest;
  /** Versions that cannot be read, or are not what their record says: a backup of them would pass for good. */
  skipped: { id: string; why: string }[];
  /** Whether the file system confirmed that it outlives a power cut. */
  durable: boolean;
}

/** Versions whose bytes are in a store, while nothing names them yet, and those that are not worth keeping. */
interface Sorted {
  kept: (BackupManifest['versions'][number] & Pick<VersionFiles, 'folder' | 'inner' | 'parts'>)[];
  skipped: BackedUp['skipped'];
}

/** The same, and the number of the disk that the store is on. */
export interface Copied extends Sorted {
  device: number | null;
}

/** With those of which no file is there any more. */
export function withLost(versions: readonly VersionFiles[], ids: ReadonlySet<string>): VersionFiles[] {
  const there = new Set(versions.map(({ id }) => id));
  return [...versions, ...[...ids].filter((id) => !there.has(id)).map((id) => ({ id, files: [] }))];
}

/** Copies versions into a store, hashed on the way: each as it is when its turn comes. @throws system errors, the signal's reason */
export async function copyVersions(
  store: BackupStore,
  root: string,
  versions: readonly VersionFiles[],
  request: BackupRequest,
): Promise<Copied> {
  const copied: Sorted = { kept: [], skipped: [] };
  await store.prepare();
  const device = await store.device();
  for (const version of versions) await copyInto(copied, store, root, version, request);
  return { ...copied, device };
}

/**
 * Makes a backup of what was copied. Whoever deleted another one meanwhile took bytes along that nothing named yet: those are copied again.
 * @throws ModelValidationError when none is worth keeping; ModelManagerError where the store's disk is gone; system errors; with no backup made
 */
export async function putOnRecord(
  store: BackupStore,
  root: string,
  { kept, skipped, device }: Copied,
  request: BackupRequest,
): Promise<BackedUp> {
  // Where a disk was disconnected, another one has the place of its folder: all would be copied again, to that.
  if ((await store.device()) !== device) throw otherDisk(store);
  const held: Sorted = { kept: [], skipped: [...skipped] };
  for (const version of kept) {
    const { files, ...rest } = version;
    const there = await fewAtATime(files, (file) => store.holds(file));
    if (there.every(Boolean)) held.kept.push(version);
    else await copyInto(held, store, root, { ...rest, files: files.map(({ path }) => path) }, request);
  }
  if (held.kept.length === 0) throw nothingBackedUp(held.skipped[0]);
  const versions = held.kept.map(({ id, files, folders }) => ({
    id,
    files,
    ...(folders ? { folders } : {}),
  }));
  const now = new Date();
  const manifest: BackupManifest = {
    format: 1,
    id: newOperationId(now),
    label: request.label,
    reason: request.reason,
    number: await store.nextNumber(),
    created_at: now.toISOString(),
    run: root,
    run_id: request.runId,
    versions: await markListed(store, root, versions),
    verified_at: now.toISOString(),
    state: 'verified',
  };
  const durable = await store.write(manifest);
  return { manifest, skipped: held.skipped, durable };
}

/** What the run lists of these files: restored, they are listed again. */
async function markListed(
  { disk }: BackupStore,
  root: string,
  versions: BackupManifest['versions'],
): Promise<BackupManifest['versions']> {
  const listed = checksumsIn(
    await linesAt(
      disk,
      root,
      filesOf({ versions }).map(({ path }) => path),
    ),
  );
  const mark = (file: BackupFile): BackupFile =>
    listed.get(file.path) === file.checksum ? { ...file, listed: true } : file;
  return versions.map((version) => ({ ...version, files: version.files.map(mark) }));
}

async function copyInto(
  { kept, skipped }: Sorted,
  store: BackupStore,
  root: string,
  version: VersionFiles,
  request: BackupRequest,
): Promise<void> {
  const copied = await copyOne(store, root, version, request);
  if ('why' in copied) skipped.push({ id: version.id, why: copied.why });
  else kept.push({ ...version, files: copied.copies, ...(await foldersOf(store, root, version)) });
}

async function foldersOf(
  { disk }: BackupStore,
  root: string,
  { folder, inner = [] }: VersionFiles,
): Promise<Pick<Copied['kept'][number], 'folders'>> {
  return folder === undefined ? {} : { folders: await modesOf(disk, root, [folder, ...inner]) };
}

/** @returns the files in the store, or why this version is not worth keeping */
async function copyOne(
  store: BackupStore,
  root: string,
  version: VersionFiles,
  { checksumOf, faultOf, ...into }: BackupRequest,
): Promise<{ copies: BackupFile[] } | { why: string }> {
  const { id, files } = version;
  const fault = faultOf?.(id) ?? (files.length === 0 ? 'it is not there any more' : null);
  if (fault !== null) return { why: fault };
  const odd = await findNoFile(store.disk, files, (path) => join(root, path));
  if (odd) return { why: `${escapeName(odd.path)} is ${odd.is}: ${odd.fix}` };
  const recorded = checksumOf(id);
  const paths = files.map((path) => join(root, path));
  try {
    const copies = await whileUntouched(store.disk, id, paths, () => copyAll(store, root, files, into));
    if (recorded === null || recorded === checksumOfCopies(copies, version)) return { copies };
    return { why: 'its bytes do not match its checksum on record' };
  } catch (error) {
    into.reading?.signal?.throwIfAborted();
    return { why: await tellFault(store, root, files, error) };
  }
}

/** The checksum that a version has by these copies of its files. */
function checksumOfCopies(
  copies: readonly BackupFile[],
  { parts, ...version }: VersionFiles,
): string | undefined {
  if (parts === undefined) return copies[0]?.checksum;
  const own = new Set(parts);
  return manifestBelow(
    baseOf(version),
    copies.filter(({ path }) => own.has(path)),
  );
}

/** @throws the error where it says nothing of the version */
async function tellFault(
  store: BackupStore,
  root: string,
  files: readonly string[],
  error: unknown,
): Promise<string> {
  if (error instanceof ModelValidationError) return 'it changed while it was copied';
  const unreadable = await firstUnreadable(store, root, files);
  if (unreadable === null) throw error;
  return `${escapeName(unreadable.path)} cannot be read: ${explainError(unreadable.error)}`;
}

/** The file of a version that the copying failed for; null where it did for the store. */
async function firstUnreadable(
  { disk }: BackupStore,
  root: string,
  files: readonly string[],
): Promise<{ path: string; error: unknown } | null> {
  for (const path of files)
    try {
      await hashOf(disk, join(root, path));
    } catch (error) {
      return { path, error };
    }
  return null;
}

async function copyAll(
  store: BackupStore,
  root: string,
  files: readonly string[],
  { reading, added }: Pick<BackupRequest, 'reading' | 'added'>,
): Promise<BackupFile[]> {
  const copies: BackupFile[] = [];
  // One after another: what a copy leaves where its folder is swapped under it, it takes away itself.
  for (const path of files) copies.push({ path, ...(await store.put(join(root, path), reading, added)) });
  return copies;
}

function otherDisk({ folder }: BackupStore): ModelManagerError {
  return new ModelManagerError(
    `nothing was backed up — the disk of ${escapeName(folder, 400)} is gone, or another one is in its place — connect it, then back up again`,
    { path: folder },
  );
}

function nothingBackedUp(first: BackedUp['skipped'][number] | undefined): ModelValidationError {
  const why = first ? `${escapeName(first.id)}: ${first.why}` : 'there are no versions';
  return new ModelValidationError(`nothing was backed up — ${why} — verify the run`);
}
