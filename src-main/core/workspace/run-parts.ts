import type { Dirent } from 'node:fs';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { classifyName } from '../catalog/classify-name.ts';
import { foundFolders } from '../catalog/layouts/found-folders.ts';
import { runFolders } from '../catalog/list-names.ts';
import { foldersHolding, innerFolderOf, mayBeVersion } from '../catalog/version-folders.ts';
import type { RunReader } from '../run-reader.ts';
import { tellingFolders } from './telling-folders.ts';

/** Whether looking closer could tell that a training wrote here; most folders can be passed by. */
export function mayBeRun(entries: readonly Dirent[]): boolean {
  const names = new Set(entries.map(({ name }) => name));
  if (foundFolders((name) => names.has(name)).some((name) => names.has(name))) return true;
  return entries.some(
    (entry) =>
      tellingFolders.has(entry.name) ||
      ['model', 'part', 'sidecar'].includes(roleOf(entry)) ||
      (entry.isDirectory() && mayBeVersion(entry.name)),
  );
}

/** What an entry of a folder is by its name. */
export function roleOf({ name }: Dirent) {
  return classifyName(name, defaultStorageConfig).role;
}

/** The folders of a run that hold what belongs to it, and those that are versions. */
export function partsOf(run: RunReader): string[] {
  const ids = Array.from(run.list(), ({ id }) => id);
  const holding = foldersHolding(ids);
  const folders = runFolders(run.config)
    .filter(({ path, purpose }) => path !== '' && (purpose === 'temp' || holding.has(path)))
    .map(({ path }) => path);
  return [...folders, ...ids.flatMap((id) => innerFolderOf(id, run.config) ?? [])];
}
