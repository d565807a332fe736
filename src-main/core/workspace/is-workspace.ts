import { type Dirent, opendirSync } from 'node:fs';
import { join } from 'node:path';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { classifyName } from '../catalog/classify-name.ts';
import { foundFolders } from '../catalog/layouts/found-folders.ts';
import { parseFileName } from '../catalog/parse-file-name.ts';
import { mayBeVersion, versionFolderAt } from '../catalog/version-folders.ts';
import { tellingFolders } from './telling-folders.ts';
import { isEntered } from './walk-folders.ts';

/** So many entries are looked at: a folder that holds more is no place that people keep runs in. */
const most = 20_000;
/** So many folders are looked into that may be versions by their names: in a run that has such, most are. */
const mostLookedInto = 200;

/**
 * Whether a folder is one that runs are looked for in, and no run itself, told by the names in it: no training wrote there, and there
 * are folders. One that cannot be listed is none. Never throws.
 */
export function isWorkspace(root: string): boolean {
  const seen = lookThrough(root);
  if (!seen?.holdsFolders || keepsModels(root, seen.names)) return false;
  return !seen.counted.slice(0, mostLookedInto).some((name) => isVersion(root, name));
}

/** The names in a folder, and those of folders that may be versions; null where something there tells of a run, or it cannot be listed. */
function lookThrough(root: string) {
  const names = new Set<string>();
  const counted: string[] = [];
  let holdsFolders = false;
  try {
    for (const entry of entriesOf(root)) {
      if (tellsOfRun(entry)) return null;
      names.add(entry.name);
      holdsFolders ||= isEntered(entry);
      if (entry.isDirectory() && mayBeVersion(entry.name)) counted.push(entry.name);
    }
  } catch {
    return null;
  }
  return { names, counted, holdsFolders };
}

/** Whether models are in a folder of it in which trainings keep them, by what else is there. */
function keepsModels(root: string, names: ReadonlySet<string>): boolean {
  const [has, isThere] = [(name: string) => names.has(name), (path: string) => names.has(topOf(path))];
  const folders = foundFolders(has).filter(isThere);
  return folders.some((name) => holdsModel(join(root, name)));
}

const topOf = (path: string) => path.split('/', 1)[0] ?? path;

/** Whether a model is right in a folder: that is none of runs. */
function holdsModel(folder: string): boolean {
  try {
    for (const entry of entriesOf(folder)) if (!entry.isDirectory() && tellsOfRun(entry)) return true;
  } catch {
    // What cannot be listed holds nothing to be seen.
  }
  return false;
}

function* entriesOf(root: string): Generator<Dirent> {
  const folder = opendirSync(root, { bufferSize: 1000 });
  try {
    for (let count = 0; count < most; count += 1) {
      const entry = folder.readSync();
      if (entry === null) return;
      yield entry;
    }
  } finally {
    folder.closeSync();
  }
}

function isVersion(root: string, name: string): boolean {
  return versionFolderAt(root, defaultStorageConfig, name) !== null;
}

/** A JSON file alone tells nothing unless it is called like a version's: tools for many runs leave such files too. */
function tellsOfRun(entry: Dirent): boolean {
  if (entry.isDirectory()) return tellingFolders.has(entry.name);
  const { role, stem } = classifyName(entry.name, defaultStorageConfig);
  if (role === 'part') return entry.name.includes('-of-');
  return role === 'model' || (role === 'sidecar' && parseFileName(stem).version !== null);
}
