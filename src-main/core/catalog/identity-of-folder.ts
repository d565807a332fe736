import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { type FileIdentity, type FileStatus, freshFor, tryLookAt } from '../files/file-identity.ts';
import { beside } from './group-names.ts';
import type { FileSet } from './layouts/file-sets.ts';
import type { FolderNames } from './list-run.ts';
import { SetsInFolders } from './sets-in-folders.ts';
import { foldersHolding, innerFolderOf, versionFolderAt } from './version-folders.ts';

/** What is at a name below a folder, relative to it; '' for the folder itself. */
type LookInside = (name: string) => FileStatus | null;

/**
 * What tells one state of all files of a version that is a folder from another, in the form of one file's: inode and device are those of the
 * file that stands for it, the size is that of all, times are those of the newest. When names come or go, the folder's own change time tells.
 * While a change time lies ahead of the clock, what is changed now has an earlier one: then the change time is further ahead, by all of them.
 * Null where the file that stands for it is not there.
 */
export function identityOfFolder(
  main: string,
  names: readonly string[],
  lookAt: LookInside,
): FileIdentity | null {
  const own = lookAt(main);
  if (own?.type !== 'file') return null;
  const identity = { dev: own.dev, ino: own.ino, size: 0, mtimeMs: own.mtimeMs, ctimeMs: own.ctimeMs };
  const looks = [...names, ...foldersHolding(names)].map(lookAt);
  for (const look of looks) {
    if (look?.type === 'file') {
      identity.size += look.size;
      identity.mtimeMs = Math.max(identity.mtimeMs, look.mtimeMs);
    }
    identity.ctimeMs = Math.max(identity.ctimeMs, look?.ctimeMs ?? 0);
  }
  if (identity.ctimeMs > Date.now() + freshFor)
    identity.ctimeMs = Math.ceil(identity.ctimeMs) + hashOf(looks);
  return identity;
}

/** A whole number of 32 bits that is another once one of these is touched, in whatever order they are. */
function hashOf(looks: readonly (FileStatus | null)[]): number {
  const texts = looks.map((look) => look && [look.ino, look.size, look.mtimeMs, look.ctimeMs].join(' '));
  return createHash('sha256').update(texts.sort().join()).digest().readUInt32LE();
}

/** The same of a version that is several files beside each other: what else comes to their folder, or goes, does not tell. */
export function identityOfSet({ main, others }: FileSet, lookAt: LookInside): FileIdentity | null {
  return identityOfFolder(main, [main, ...others], (name) => (name === '' ? null : lookAt(name)));
}

/** Where the files of versions are: an operation that was interrupted may have them elsewhere than in their places. */
export interface Places {
  /** The folder of the run, absolute. */
  root: string;
  config: StorageConfig;
  /** Of the file of an id, absolute. */
  pathOf(id: string): string;
  /** The version that the folder at a path of the run is; null where it is none. */
  folderAt(path: string): FolderNames | null;
  /** The files that a version is, by its id, where those are several beside each other; null where it is not so. */
  setAt(id: string): FileSet | null;
}

/** Everything in its place. */
export function inPlace(root: string, config: StorageConfig): Places {
  const sets = new SetsInFolders(root, config);
  return {
    root,
    setAt: (id) => sets.at(id),
    config,
    pathOf: (id) => join(root, id),
    folderAt: (path) => versionFolderAt(root, config, path),
  };
}

/** What tells the state of a version's files by now from any other; null where it is not there. */
export function identityOfVersion(
  { config, pathOf, folderAt, setAt }: Places,
  id: string,
): FileIdentity | null {
  const look = (path: string) => {
    const found = tryLookAt(pathOf(path));
    return found instanceof Error ? null : found;
  };
  const path = innerFolderOf(id, config);
  if (path === null) {
    const set = setAt(id);
    return set ? identityOfSet(set, (name) => look(beside(id, name))) : look(id);
  }
  const found = folderAt(path);
  const main = found?.folder.version?.main;
  if (!found || main === undefined || `${path}/${main}` !== id) return null;
  return identityOfFolder(main, found.names, (name) => look(name === '' ? path : `${path}/${name}`));
}
