import { dirname } from 'node:path/posix';
import type { Disk } from '../files/disk.ts';
import { errorCode, hasNoModes } from '../files/error-code.ts';
import { inTheWay } from '../files/held-folder.ts';
import type { FolderMode } from './operation.ts';

/** What a file system that cannot sync folders answers. */
const unsupported = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOTTY', 'EISDIR']);

/** What its owner may do in a folder that files are put into. */
export const ownersRights = 0o700;
const noModes: ReadonlyMap<string, number> = new Map();
const noFolders: ReadonlySet<string> = new Set();

/**
 * Makes a folder of the run and those above it, each durable: one that is there already may be so in memory alone.
 * @param synced folders that need not be synced again unless something is made in them; those that were are added
 * @param modes the permission bits of folders, by their paths in the run; their owner may write to them all the same
 * @throws ModelManagerError where a link or a file is in the way
 */
export async function makeFolder(
  disk: Disk,
  root: string,
  folder: string,
  synced: Set<string> = new Set(),
  modes = noModes,
): Promise<void> {
  for (const path of withFoldersAbove(folder)) {
    const parent = dirname(`${root}/${path}`);
    const made = await makeOne(disk, `${root}/${path}`, modes.get(path));
    if (made || !synced.has(parent)) await syncFolder(disk, parent);
    synced.add(parent);
  }
}

/** @throws ModelManagerError where a link, or anything but a folder, leads to one of these paths of the run */
export async function assertNoLinks(disk: Disk, root: string, paths: Iterable<string>): Promise<void> {
  for (const folder of new Set([...paths].flatMap(foldersAbove))) {
    const look = await disk.lookAt(`${root}/${folder}`);
    if (look && look.type !== 'folder') throw inTheWay(`${root}/${folder}`);
  }
}

function foldersAbove(path: string): string[] {
  return withFoldersAbove(dirname(path));
}

/** A folder of the run and those above it, outer ones first; none for the run itself. */
export function withFoldersAbove(folder: string): string[] {
  const parts = folder === '.' || folder === '' ? [] : folder.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

async function makeOne(disk: Disk, path: string, wanted: number | undefined): Promise<boolean> {
  const look = await disk.lookAt(path);
  if (look && look.type !== 'folder') throw inTheWay(path);
  const mode = wanted === undefined ? undefined : wanted | ownersRights;
  if (!look)
    await disk.mkdir(path, mode).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    });
  if (mode !== undefined && (!look || (look.mode | ownersRights) !== mode)) await giveMode(disk, path, mode);
  return !look;
}

/** Gives a folder these permission bits, durably; a file system that has none, or not these, leaves it as it is. */
export async function giveMode(disk: Disk, path: string, mode: number): Promise<void> {
  const look = await disk.lookAt(path);
  if (look?.type !== 'folder' || look.mode === mode) return;
  try {
    await disk.chmodFolder(path, mode);
    await syncFolder(disk, path);
  } catch (error) {
    if (!hasNoModes(error)) throw error;
  }
}

/** Those of these folders of the run that are there, with their permission bits. */
export async function modesOf(disk: Disk, root: string, folders: readonly string[]): Promise<FolderMode[]> {
  const modes: FolderMode[] = [];
  for (const path of folders) {
    const look = await disk.lookAt(`${root}/${path}`);
    if (look?.type === 'folder') modes.push({ path, mode: look.mode });
  }
  return modes;
}

/**
 * Makes the name of a new run durable, and those of the folders above it, as far as they may be opened.
 * @throws system errors of a disk that fails
 */
export async function syncFoldersAbove(disk: Disk, path: string): Promise<void> {
  for (let folder = path; folder !== dirname(folder); ) {
    folder = dirname(folder);
    const code = await syncFolder(disk, folder).then(() => null, errorCode);
    if (code === 'EIO') throw Object.assign(new Error(`EIO: ${folder}`), { code, path: folder });
    if (code !== null) return;
  }
}

/** Removes a folder of Cairn's own with all that is in it, links not followed; what is gone already is no fault. */
export async function removeTree(disk: Disk, path: string): Promise<void> {
  const look = await disk.lookAt(path);
  if (!look) return;
  if (look.type !== 'folder') return disk.unlink(path);
  for (const name of await disk.readdir(path)) await removeTree(disk, `${path}/${name}`);
  await disk.rmdir(path);
}

/**
 * Removes the folders below a folder that hold nothing, and itself when nothing is left.
 * @param staying those that stay, absolute
 * @returns whether it is gone
 */
export async function removeEmptyFolders(disk: Disk, path: string, staying = noFolders): Promise<boolean> {
  const look = await disk.lookAt(path);
  if (look?.type !== 'folder') return !look;
  let empty = true;
  for (const name of await disk.readdir(path))
    empty = (await removeEmptyFolders(disk, `${path}/${name}`, staying)) && empty;
  const goes = empty && !staying.has(path);
  if (goes) await disk.rmdir(path);
  return goes;
}

/** Makes the names in a folder durable. @returns false where the file system cannot do that */
export async function syncFolder(disk: Disk, path: string): Promise<boolean> {
  try {
    await disk.syncFolder(path);
    return true;
  } catch (error) {
    if (unsupported.has(errorCode(error) ?? '')) return false;
    throw error;
  }
}

/** Syncs the folders of these paths of the run, each once; one that is gone has no names. @returns false where the file system cannot do that */
export async function syncFoldersOf(disk: Disk, root: string, paths: Iterable<string>): Promise<boolean> {
  let durable = true;
  for (const folder of new Set([...paths].map((path) => dirname(path))))
    durable = (await syncIfThere(disk, `${root}/${folder}`)) && durable;
  return durable;
}

async function syncIfThere(disk: Disk, path: string): Promise<boolean> {
  try {
    return await syncFolder(disk, path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true;
    throw error;
  }
}
