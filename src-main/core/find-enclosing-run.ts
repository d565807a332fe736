import { dirname, join, relative, sep } from 'node:path';
import type { StorageConfig } from '../../shared/model/storage-config.ts';
import { withFoundFolders } from './catalog/layouts/found-folders.ts';
import { runFolders } from './catalog/list-names.ts';
import { parentOf, versionFolderAt } from './catalog/version-folders.ts';
import { readConfig } from './config/read-config.ts';
import { lookAt } from './files/file-identity.ts';
import { isFolder } from './open-run-folder.ts';
import { ownFolder } from './operations/operation.ts';

/** A run that a file lies in, and what the file is called there. */
export interface EnclosingRun {
  root: string;
  id: string;
}

/** How many folders up from the one that a file is in the run's own may be. */
const levels = 3;

/**
 * The run whose config says that it keeps files where this one is; without a config, the nearest folder with one of the
 * usual folders for it, one within another before one, else the one that has the file's folder for a version. Null when the file's own folder is all there is.
 * @param file a real, absolute path
 */
export function findEnclosingRun(file: string): EnclosingRun | null {
  const folder = dirname(file);
  const candidates = upwards(folder).flatMap((root) => {
    const { config: written, source } = readConfig(root);
    const config = withFoundFolders(root, written);
    const own = toId(root, folder);
    const within = folderWithin(root, config, own);
    return within === null ? [] : [{ root, own, within, configured: source !== null }];
  });
  const found =
    candidates.find(({ configured }) => configured) ??
    candidates.find(({ within }) => within.includes('/')) ??
    candidates.find(({ within }) => within !== '') ??
    candidates.find(({ own }) => own !== '');
  return found ? { root: found.root, id: toId(found.root, file) } : null;
}

/**
 * The run that keeps versions in a folder, as its config or Cairn's own records beside that say; null for a folder that is a run by these itself, and
 * for one on another disk: nothing is moved between the two, so that it has to be a run of its own.
 * @param folder a real, absolute path
 */
export function findRunAround(folder: string): string | null {
  if (isTold(folder)) return null;
  const isInside = (root: string) => {
    if (lookAt(root)?.dev !== lookAt(folder)?.dev) return false;
    const config = withFoundFolders(root, readConfig(root).config);
    return runFolders(config).some(({ path }) => path !== '' && path === toId(root, folder));
  };
  return upwards(dirname(folder)).find((root) => isTold(root) && isInside(root)) ?? null;
}

/** Whether a config, or what Cairn keeps of a run, says that a folder is one. */
function isTold(folder: string): boolean {
  return readConfig(folder).source !== null || isFolder(join(folder, ownFolder));
}

/** The folder of the run that holds a folder's files, or the folder itself where that is a version; null for none. */
function folderWithin(root: string, config: StorageConfig, own: string): string | null {
  if (runFolders(config).some(({ path }) => path === own)) return own;
  const parent = parentOf(own, config);
  return parent && versionFolderAt(root, config, own) ? parent.path : null;
}

/** A folder and those above it. */
function upwards(folder: string): string[] {
  const folders = [folder];
  for (let level = 0; level < levels; level += 1) folders.push(dirname(folders[level] ?? folder));
  return [...new Set(folders)];
}

function toId(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
