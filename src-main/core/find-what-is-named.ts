import { accessSync, constants, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { StorageConfig } from '../../shared/model/storage-config.ts';
import { classifyName } from './catalog/classify-name.ts';
import { isAnnexed } from './catalog/describe-link.ts';
import { escapeName } from './catalog/escape-name.ts';
import { beside } from './catalog/group-names.ts';
import { fileSetOf, stemOfSet } from './catalog/layouts/file-sets.ts';
import { withFoundFolders } from './catalog/layouts/found-folders.ts';
import { hasRunFolder, runFolders } from './catalog/list-names.ts';
import { listRun } from './catalog/list-run.ts';
import { innerFolderOf, lookIntoFolder, versionFolderAt } from './catalog/version-folders.ts';
import { readConfig } from './config/read-config.ts';
import { UsageError } from './errors.ts';
import { explainError } from './files/error-code.ts';
import { isKept } from './files/run-bookkeeping.ts';
import { type EnclosingRun, findEnclosingRun, findRunAround } from './find-enclosing-run.ts';
import { isFolder } from './open-run-folder.ts';

/** A run, and which of its versions where one was meant; or a file that belongs to no run. Paths are absolute. */
export type Named = { kind: 'run'; root: string; id: string | null } | { kind: 'file'; path: string };

/**
 * What a path that a person named stands for. A version's sidecar stands for the version, and so does the folder that one is.
 * @throws UsageError when nothing is there, it may not be read, or is neither a folder nor a regular file
 */
export function findWhatIsNamed(path: string): Named {
  const full = resolve(path);
  // What git-annex has not fetched is a link to nothing, and is told as that when it is looked into.
  if (isAnnexed(full)) return { kind: 'file', path: full };
  const status = readStatus(full);
  if (status.isDirectory()) return folderAt(realpathSync(full));
  if (!status.isFile()) throw cannotOpen(path, 'it is neither a folder nor a regular file');
  const place = join(realpathSync(dirname(full)), basename(full));
  return versionAt(place) ?? versionAt(realpathSync(full)) ?? { kind: 'file', path: place };
}

function readStatus(path: string): Stats {
  try {
    const status = statSync(path);
    accessSync(path, constants.R_OK);
    return status;
  } catch (error) {
    throw cannotOpen(path, explainError(error), error);
  }
}

function cannotOpen(path: string, why: string, cause?: unknown): UsageError {
  const message = `cannot open ${escapeName(path)} — ${why} — name the folder your training wrote, or a checkpoint`;
  return new UsageError(message, { path, cause });
}

/** A folder that is a version of the run it stands in, or else a run; or a version by itself. */
function folderAt(path: string): Named {
  const version = versionOfRun(path);
  if (version) return { kind: 'run', root: version.root, id: version.id };
  const around = findRunAround(path);
  // That of a run is a long list to walk for nothing.
  const alone = around === null && !isLaidOut(path) ? folderByItself(path) : null;
  if (alone && !isRunByNames(path)) return { kind: 'file', path: join(alone.root, alone.id) };
  return { kind: 'run', root: around ?? path, id: null };
}

/**
 * The run that the folder of a file is, by what is in it, and what the file is called there; null where the folder is none, the file is no version of it,
 * or nothing else is there: a download makes no run of its folder. @param file absolute
 */
export function runAsideOf(file: string): EnclosingRun | null {
  const root = dirname(file);
  if (!isFolder(root) || !isRunByNames(root)) return null;
  const config = configOf(root);
  const isOther = (name: string) => name !== basename(file) && classifyName(name, config).role === 'model';
  const hasOthers = [...listRun(root, config).folders].some(
    ({ folder, names }) => folder.version !== undefined || names.some(isOther),
  );
  const id = hasOthers ? findVersion({ root, id: basename(file) }) : null;
  return id === null ? null : { root, id };
}

/** Whether a folder is a run by its config, or by what is in it: see `ListedRun.isRun`. */
export function isRunByNames(root: string): boolean {
  if (isLaidOut(root)) return true;
  const config = configOf(root);
  const isModel = (name: string) => ['model', 'part'].includes(classifyName(name, config).role);
  return [...listRun(root, config).folders].some(
    ({ folder, names }) => folder.version !== undefined || names.some(isModel),
  );
}

/** Whether a config says that a folder is a run, or one is there that a run has for its versions. */
function isLaidOut(root: string): boolean {
  const { config, source } = readConfig(root);
  return source !== null || hasRunFolder(root, config);
}

/** A version that was opened by itself: the folder that it is, relative to the run it stands in, which is absolute, and its id there. */
export interface OpenedVersion {
  root: string;
  folder: string;
  id: string;
}

/** The version that a folder is in the run it stands in; null for a folder that is a run, or none. */
export function folderOfRun(folder: string): OpenedVersion | null {
  return isFolder(folder) ? versionOfRun(realpathSync(resolve(folder))) : null;
}

/**
 * The version that a folder is by what is in it, though its name is not one that versions have in runs: it was copied there under a name
 * of somebody's own. To be asked of what is no run.
 */
export function folderByItself(folder: string): OpenedVersion | null {
  if (!isFolder(folder)) return null;
  const path = realpathSync(resolve(folder));
  const [root, name] = [dirname(path), basename(path)];
  const main = lookIntoFolder(root, { path: '', purpose: 'mixed' }, name).version?.folder.version?.main;
  return main === undefined || isKept(path) ? null : { root, folder: name, id: `${name}/${main}` };
}

/** In what was opened as a run before, there may be something to bring back. @param path real and absolute */
function versionOfRun(path: string): OpenedVersion | null {
  const run = isKept(path) ? null : findEnclosingRun(join(path, 'any'));
  if (!run) return null;
  const folder = run.id.slice(0, -'/any'.length);
  const id = standsFor(run, folder);
  return id === null ? null : { root: run.root, folder, id };
}

/** The id of the version that a folder of a run is; null where it is none. */
function standsFor({ root }: Pick<EnclosingRun, 'root'>, folder: string): string | null {
  const main = versionFolderAt(root, configOf(root), folder)?.folder.version?.main;
  return main === undefined ? null : `${folder}/${main}`;
}

function versionAt(path: string): Named | null {
  const run = findEnclosingRun(path);
  const id = run && findVersion(run);
  return run && id !== null ? { kind: 'run', root: run.root, id } : null;
}

function configOf(root: string): StorageConfig {
  return withFoundFolders(root, readConfig(root).config);
}

/** The version that a file of a run is, or that it is the sidecar of; null for any other file. */
function findVersion({ root, id }: EnclosingRun): string | null {
  const config = configOf(root);
  const inner = innerFolderOf(id, config);
  if (inner === null) return findAmongFiles(id, root, config);
  return standsFor({ root }, inner) === id ? id : null;
}

function findAmongFiles(id: string, root: string, config: StorageConfig): string | null {
  const parts = id.split('/');
  const name = parts.pop() ?? '';
  const folder = parts.join('/');
  if (runFolders(config).find(({ path }) => path === folder)?.purpose === 'temp') return null;
  const { role, stem } = classifyName(name, config);
  if (role === 'model') return id;
  if (role === 'part') return partOf(join(root, folder), id, name, stem);
  const model = role === 'sidecar' ? modelOf(join(root, folder), stem, config) : undefined;
  return model === undefined ? null : [...parts, model].join('/');
}

/** The version that a file is part of, by its id; null where it is none. @param folder absolute */
function partOf(folder: string, id: string, name: string, stem: string): string | null {
  const names = readdirSync(folder).filter((other) => stemOfSet(other) === stem);
  const set = fileSetOf(stem, names);
  return set && [set.main, ...set.others].includes(name) ? beside(id, set.main) : null;
}

function modelOf(folder: string, stem: string, config: StorageConfig): string | undefined {
  return readdirSync(folder).find((name) => {
    const other = classifyName(name, config);
    return other.role === 'model' && other.stem === stem;
  });
}
