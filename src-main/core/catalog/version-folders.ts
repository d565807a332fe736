import { type Dirent, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { type FileStatus, isYoung, tryLookAt } from '../files/file-identity.ts';
import { isUnreadableName } from '../files/tell-no-file.ts';
import { formatCount } from '../formats/plain-text.ts';
import { describeLink, leadsToFolderOutside } from './describe-link.ts';
import { idOf } from './group-names.ts';
import {
  isLeftoverOfLayout,
  mayBeVersionBelow,
  recogniseBeside,
  recogniseFolder,
} from './layouts/known-layouts.ts';
import type { NamesInside } from './layouts/layout.ts';
import { findObstacle, hasManyNames, listNames, type RunFolder, runFolders } from './list-names.ts';
import type { FolderNames } from './list-run.ts';

/** What is looked into of a folder that is a version. */
const most = { files: 10_000, depth: 8 };

/** What a folder of a run is that may be a version: `isYoung` where something happened to it of late, so that it may become one. */
export interface LookedInto {
  version: FolderNames | null;
  problem: string | null;
  isYoung: boolean;
}

const nothing: LookedInto = { version: null, problem: null, isYoung: false };

/**
 * Whether a folder of that name may be a version. Asked of every name of a run, and of most the answer is no: such names count, or are words
 * for a model, and have no ending but that of Lightning's checkpoints; the only other dot may be that of the reward in a name that a save gave.
 */
export function mayBeVersion(name: string): boolean {
  const last = name.charCodeAt(name.length - 1);
  const isCounted = last >= 48 && last <= 57;
  if (name.includes('=') && ofLightning.test(name)) return true;
  if (name.includes('.')) return name.endsWith('.ckpt') || (isCounted && saved.test(name));
  return isCounted || words.test(name);
}

const saved = /_rewardn?\d+\.\d{4}_[^.]*$/;

/** What is before the `/` of a metric in such a name. */
const ofLightning = /(?:^|-)(?:epoch|step)=\d.*-[^=-]+$/;

/** Whether a name tells nothing, and may be that of a version all the same, or of any other file or folder. */
function mayBeBeside(folder: RunFolder, name: string): boolean {
  return folder.isAnyName === true && !name.startsWith('.');
}

const words = /model|export|best|last|latest|final/i;

/** The paths of what may be versions among the names in a folder of the run, but for its other folders. */
export function mayBeVersions(folder: RunFolder, names: readonly string[], config: StorageConfig): string[] {
  if (folder.purpose === 'temp') return [];
  const isAsked = (name: string) =>
    folder.only === undefined ? mayBeVersion(name) || mayBeBeside(folder, name) : name === folder.only;
  const paths = names.filter(isAsked).map((name) => idOf(folder, name));
  if (paths.length === 0) return paths;
  const plain = runFolders(config);
  return paths.filter((path) => !plain.some((other) => `${other.path}/`.startsWith(`${path}/`)));
}

/** Looks into what may be a version. No link is followed, and none but the names in it are read. @param parent in which it stands */
export function lookIntoFolder(root: string, parent: RunFolder, path: string): LookedInto {
  try {
    const obstacle = findObstacle(root, { ...parent, path });
    if (obstacle) return { ...nothing, problem: tellLink(root, path, obstacle.status) };
    if (isPassedBy(root, parent, path)) return nothing;
    const top = entriesOf(`${root}/${path}`);
    if (!isRecognised(root, parent, path, new Set(top.map(nameInside))))
      return { ...nothing, isYoung: wasTouched(`${root}/${path}`) };
    const inside = new Set<string>();
    if (!addAll(inside, `${root}/${path}`, '', top)) return { ...nothing, problem: tooMuch };
    return { ...nothing, version: asVersion(parent, path, inside) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return nothing;
    return { ...nothing, problem: `this folder cannot be listed: ${explainError(error)}` };
  }
}

/** Whether a folder whose name tells nothing holds more than versions do: it is not listed to learn that it is none. */
function isPassedBy(root: string, parent: RunFolder, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !mayBeVersion(name) && hasManyNames(root, { ...parent, path }, most.files);
}

/** That what may be a version is but a link to a folder elsewhere; null for any other link, of which nothing is wrong or its file tells. */
function tellLink(root: string, path: string, status: FileStatus | null): string | null {
  const link = `${root}/${path}`;
  if (!mayBeVersion(path.slice(path.lastIndexOf('/') + 1))) return null;
  return status?.type === 'link' && leadsToFolderOutside(link, root) ? describeLink(link, root) : null;
}

/**
 * The folders of a run, relative to it, that are versions or become some by names that come to the folders in them: of that the folders in which
 * they stand show nothing.
 */
export function foldersToldBelow(root: string, config: StorageConfig): string[] {
  return runFolders(config).flatMap((folder) =>
    mayBeVersions(folder, listNames(root, folder).names, config).filter((path) =>
      isToldBelow(root, folder, path),
    ),
  );
}

function isToldBelow(root: string, parent: RunFolder, path: string): boolean {
  try {
    if (findObstacle(root, { ...parent, path })) return false;
    return mayBeVersionBelow(new Set(entriesOf(`${root}/${path}`).map(nameInside)), parent.readAs);
  } catch {
    return false;
  }
}

/** By the names right in it; where those alone cannot tell, by the ones in the folders there too. */
function isRecognised(root: string, parent: RunFolder, path: string, top: NamesInside): boolean {
  if (asVersion(parent, path, top) !== null) return true;
  if (!mayBeVersionBelow(top, parent.readAs)) return false;
  const names = [...top].flatMap((name) =>
    name.endsWith('/')
      ? [name, ...entriesOf(`${root}/${path}/${name}`).map((entry) => name + nameInside(entry))]
      : [name],
  );
  return asVersion(parent, path, new Set(names)) !== null;
}

function wasTouched(path: string): boolean {
  const look = tryLookAt(path);
  return look !== null && 'ino' in look && isYoung(look);
}

/** A folder with these names inside as a version; null where it is none. */
export function asVersion(parent: RunFolder, path: string, inside: NamesInside): FolderNames | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const version =
    recogniseFolder(name, inside, parent.readAs) ??
    (parent.isAnyName && isFree(name, inside) ? recogniseBeside(inside, parent.readAs) : null);
  if (!version) return null;
  const names: string[] = [];
  const folders: string[] = [];
  for (const name of inside) {
    if (name.endsWith('/')) folders.push(name.slice(0, -1));
    else names.push(name);
  }
  return { folder: { path, purpose: parent.purpose, version }, names, folders };
}

/** Whether a folder may be a version though its name tells nothing: it is no leftover, and no run that Cairn keeps something in. */
function isFree(name: string, inside: NamesInside): boolean {
  return !inside.has('.cairn/') && !isLeftoverOfLayout(name);
}

/** The version that the folder at a path of the run is by now; null where it is none. */
export function versionFolderAt(root: string, config: StorageConfig, path: string): FolderNames | null {
  const parent = parentOf(path, config);
  return parent ? lookIntoFolder(root, parent, path).version : null;
}

/** The folder of the run in which what may be a version has this path; null where that is none of a version. */
export function parentOf(path: string, config: StorageConfig): RunFolder | null {
  const end = path.lastIndexOf('/');
  const parent = runFolders(config).find((folder) => folder.path === path.slice(0, Math.max(0, end)));
  return parent && mayBeVersions(parent, [path.slice(end + 1)], config).length > 0 ? parent : null;
}

/** The path of the folder, in one of the run's, that a file lies in and that may be a version; null for a file that lies in one of the run's. */
export function innerFolderOf(id: string, config: StorageConfig): string | null {
  let within = '';
  for (const { path } of runFolders(config))
    if (path.length > within.length && id.startsWith(`${path}/`)) within = path;
  const start = within === '' ? 0 : within.length + 1;
  const end = id.indexOf('/', start);
  return end === -1 ? null : id.slice(0, end);
}

/** The folder of the run in which a file that is to have this path waits for its name: nothing in it is part of a version that is a folder. */
export function stagingFolderOf(path: string, config: StorageConfig): string {
  return posix.dirname(innerFolderOf(path, config) ?? path);
}

/** The folders that hold these files, relative to the version's own, '' for that itself. */
export function foldersHolding(names: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const name of names)
    for (let end = name.lastIndexOf('/'); ; end = name.lastIndexOf('/', end - 1)) {
      folders.add(name.slice(0, Math.max(0, end)));
      if (end <= 0) break;
    }
  return folders;
}

/** The names of all that is in a folder; none where it is none, or cannot be listed. */
export function namesInside(root: string, path: string): NamesInside {
  const inside = new Set<string>();
  try {
    if (!findObstacle(root, { path, purpose: 'mixed' }))
      addAll(inside, `${root}/${path}`, '', entriesOf(`${root}/${path}`));
  } catch {
    // What could be listed counts.
  }
  return inside;
}

const tooMuch = `more than ${formatCount(most.files)} files, or folders more than ${most.depth} deep: this folder is not taken for a version`;

/** @returns whether that was all there is */
function addAll(
  inside: Set<string>,
  path: string,
  before: string,
  entries: readonly Dirent[],
  depth = 1,
): boolean {
  if (depth > most.depth) return false;
  for (const entry of entries) {
    inside.add(before + nameInside(entry));
    if (inside.size > most.files) return false;
    if (!isFolder(entry)) continue;
    const inner = entriesOf(`${path}/${entry.name}`);
    if (!addAll(inside, `${path}/${entry.name}`, `${before}${entry.name}/`, inner, depth + 1)) return false;
  }
  return true;
}

function entriesOf(path: string): Dirent[] {
  return readdirSync(path, { withFileTypes: true });
}

function nameInside(entry: Dirent): string {
  return isFolder(entry) ? `${entry.name}/` : entry.name;
}

/** What is in a folder whose name is no text cannot be listed: it is told by its name alone. */
function isFolder(entry: Dirent): boolean {
  return entry.isDirectory() && !isUnreadableName(entry.name);
}
