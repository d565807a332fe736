import { dirname } from 'node:path/posix';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode } from '../files/error-code.ts';

/** What a file system that cannot sync folders answers. */
const unsupported = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOTTY', 'EISDIR']);

/**
 * Makes a folder of the run and those above it, each durable.
 * @throws ModelManagerError where a link or a file is in the way
 */
export async function makeFolder(disk: Disk, root: string, folder: string): Promise<void> {
  let parent = root;
  for (const part of partsOf(folder)) {
    await makeOne(disk, parent, `${parent}/${part}`);
    parent = `${parent}/${part}`;
  }
}

function partsOf(folder: string): string[] {
  return folder === '.' || folder === '' ? [] : folder.split('/');
}

async function makeOne(disk: Disk, parent: string, path: string): Promise<void> {
  const look = await disk.lookAt(path);
  if (look?.type === 'folder') return;
  if (look) {
    const message = `${path} is not a folder — Cairn needs one of that name — move it away`;
    throw new ModelManagerError(message, { path });
  }
  await disk.mkdir(path).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  await syncFolder(disk, parent);
}

/** Removes a folder of Cairn's own with all that is in it, links not followed; what is gone already is no fault. */
export async function removeTree(disk: Disk, path: string): Promise<void> {
  const look = await disk.lookAt(path);
  if (!look) return;
  if (look.type !== 'folder') return disk.unlink(path);
  for (const name of await disk.readdir(path)) await removeTree(disk, `${path}/${name}`);
  await disk.rmdir(path);
}

/** Removes the folders below a folder that hold nothing, and itself when nothing is left. @returns whether it is gone */
export async function removeEmptyFolders(disk: Disk, path: string): Promise<boolean> {
  const look = await disk.lookAt(path);
  if (look?.type !== 'folder') return !look;
  let empty = true;
  for (const name of await disk.readdir(path))
    empty = (await removeEmptyFolders(disk, `${path}/${name}`)) && empty;
  if (empty) await disk.rmdir(path);
  return empty;
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

/** Syncs the folders of these paths of the run, each once. @returns false where the file system cannot do that */
export async function syncFoldersOf(disk: Disk, root: string, paths: Iterable<string>): Promise<boolean> {
  let durable = true;
  for (const folder of new Set([...paths].map((path) => dirname(path))))
    durable = (await syncFolder(disk, `${root}/${folder}`)) && durable;
  return durable;
}
