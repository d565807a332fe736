import { opendirSync, readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { foldersOf, isAnyNameIn, onlyOf, readAsOf } from '../config/read-as.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { type FileStatus, lookAt } from '../files/file-identity.ts';
import { layoutFolders } from './layouts/known-layouts.ts';
import type { FolderVersion } from './layouts/layout.ts';

/** A folder of a run that may hold versions. `path` is relative to the run, '' for the run itself. */
export interface RunFolder {
  path: string;
  purpose: 'best' | 'checkpoint' | 'mixed' | 'temp';
  /** Where the folder itself is a version, which one by the names in it; `purpose` is that of the folder it stands in. */
  version?: FolderVersion;
  /** The framework in whose way alone what stands in it is read; by default in those of all. */
  readAs?: string;
  /** The one name in it that is looked at, where a version was opened by itself; by default all are. */
  only?: string;
  /** Whether folders right in it may be versions under any name, as there are checkpoints beside them. */
  isAnyName?: boolean;
}

/**
 * The folders in which a run keeps versions that are files: those that its config names, and those of known frameworks, each once; where one
 * folder has two purposes, names tell the kinds apart. What stands in them and is a version itself is told by the disk: `version-folders.ts`.
 */
export function runFolders(config: StorageConfig): readonly RunFolder[] {
  const known = knownFolders.get(config);
  if (known) return known;
  const folders = foldersBy(config);
  knownFolders.set(config, folders);
  return folders;
}

/** Asked of every version of a large run. */
const knownFolders = new WeakMap<StorageConfig, readonly RunFolder[]>();

function foldersBy(config: StorageConfig): RunFolder[] {
  const named = configuredFolders(config);
  const readAs = readAsOf(config);
  const further = new Set([...layoutFolders(readAs), ...foldersOf(config)]);
  for (const { path } of named) further.delete(path);
  const all = [
    ...named.map((folder) => withAny(folder, config)),
    ...[...further].map((path): RunFolder => ({ path, purpose: 'mixed' })),
  ];
  return narrowed(readAs === undefined ? all : all.map((folder) => ({ ...folder, readAs })), onlyOf(config));
}

function withAny(folder: RunFolder, config: StorageConfig): RunFolder {
  return folder.path === '' && isAnyNameIn(config) ? { ...folder, isAnyName: true } : folder;
}

/** The folder in which the one stands that alone is looked at; all of them where none is. */
function narrowed(folders: RunFolder[], path: string | undefined): RunFolder[] {
  if (path === undefined) return folders;
  const end = path.lastIndexOf('/');
  const only = path.slice(end + 1);
  return folders.flatMap((folder) =>
    folder.path === path.slice(0, Math.max(0, end)) ? [{ ...folder, only }] : [],
  );
}

function configuredFolders(config: StorageConfig): RunFolder[] {
  const purposes = new Map<string, RunFolder['purpose']>([['', 'mixed']]);
  const add = (path: string, purpose: RunFolder['purpose']) =>
    purposes.set(path, purposes.has(path) ? 'mixed' : purpose);
  add(normalise(config.best_models_dir), 'best');
  add(normalise(config.checkpoint_dir), 'checkpoint');
  if (!purposes.has(normalise(config.temp_dir))) add(normalise(config.temp_dir), 'temp');
  return [...purposes].map(([path, purpose]) => ({ path, purpose }));
}

/** Whether a folder is there that the config names for versions. */
export function hasRunFolder(root: string, config: StorageConfig): boolean {
  return configuredFolders(config).some(
    ({ path }) => path !== '' && lookAt(join(root, path))?.type === 'folder',
  );
}

/** A folder as the config spells it, in the form of ids: `./best/` is `best`, `.` is the run itself. */
function normalise(folder: string): string {
  return folder
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

export interface NameList {
  names: string[];
  problems: Problem[];
}

/** The names in a folder of the run. A folder that is not there is empty; one that leads elsewhere is said and not followed. */
export function listNames(root: string, folder: RunFolder): NameList {
  try {
    return listAtOnce(root, folder) ?? { names: readdirSync(join(root, folder.path)), problems: [] };
  } catch (error) {
    return tellUnlisted(folder, error);
  }
}

/** The same, while the caller does something else: a hundred thousand names take their time. */
export async function listNamesAside(root: string, folder: RunFolder): Promise<NameList> {
  try {
    return listAtOnce(root, folder) ?? { names: await readdir(join(root, folder.path)), problems: [] };
  } catch (error) {
    return tellUnlisted(folder, error);
  }
}

/** What needs no listing; null for a folder that does. */
function listAtOnce(root: string, folder: RunFolder): NameList | null {
  if (folder.only !== undefined) return { names: [folder.only], problems: [] };
  const obstacle = findObstacle(root, folder);
  return obstacle && { names: [], problems: describeObstacle(folder, obstacle.status) };
}

/** @throws the error where the run itself cannot be listed */
function tellUnlisted({ path }: RunFolder, error: unknown): NameList {
  if (path === '') throw error;
  if (errorCode(error) === 'ENOENT') return { names: [], problems: [] };
  return { names: [], problems: [{ path, problem: `this folder cannot be listed: ${explainError(error)}` }] };
}

/** Whether a folder of the run holds so many names, of which no more are read; one that cannot be listed does not. */
export function hasManyNames(root: string, folder: RunFolder, many: number): boolean {
  let count = 0;
  const isMany = () => {
    count += 1;
    return count >= many;
  };
  try {
    return !findObstacle(root, folder) && isNameAmong(join(root, folder.path), many, isMany);
  } catch {
    return false;
  }
}

/** Whether one of the first so many names in a folder is as it is asked for; in one that cannot be listed none is. */
export function isNameAmong(path: string, most: number, isAsked: (name: string) => boolean): boolean {
  try {
    const opened = opendirSync(path, { bufferSize: 1024 });
    try {
      for (let count = 0; count < most; count += 1) {
        const entry = opened.readSync();
        if (entry === null) return false;
        if (isAsked(entry.name)) return true;
      }
      return false;
    } finally {
      opened.closeSync();
    }
  } catch {
    return false;
  }
}

/** What is on the way to a folder of the run instead of a real folder: a link, a file, or nothing. */
export function findObstacle(root: string, { path }: RunFolder): { status: FileStatus | null } | null {
  const parts = path === '' ? [] : path.split('/');
  for (const [index] of parts.entries()) {
    const status = lookAt(join(root, ...parts.slice(0, index + 1)));
    if (status?.type !== 'folder') return { status };
  }
  return null;
}

function describeObstacle({ path }: RunFolder, status: FileStatus | null): Problem[] {
  if (!status) return [];
  const what =
    status.type === 'link'
      ? 'a symbolic link, and links out of a run are not followed: open its target as a run of its own'
      : 'not a folder';
  return [{ path, problem: `this is ${what}` }];
}
