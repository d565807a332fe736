import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { Foreseen } from '../operations/foresee-recovery.ts';
import { addName, type Groups, idOf, keyOf, placeOf } from './group-names.ts';
import type { NamesInside } from './layouts/layout.ts';
import { listNames, type RunFolder, runFolders } from './list-names.ts';
import type { FolderNames } from './list-run.ts';
import {
  asVersion,
  innerFolderOf,
  lookIntoFolder,
  mayBeVersions,
  namesInside,
  parentOf,
} from './version-folders.ts';

/**
 * The groups of a run with the names they will have once it is recovered.
 * @param isWanted by {@link keyOf} a group
 * @throws system errors when the run folder is gone
 */
export function groupsAsRecovered(
  root: string,
  config: StorageConfig,
  foreseen: Foreseen,
  isWanted: (key: string) => boolean = () => true,
): Groups {
  const groups: Groups = new Map();
  const folders = runFolders(config).flatMap((folder): FolderNames[] => {
    const names = [...namesIn(root, folder, foreseen)];
    return [{ folder, names }, ...versionFoldersIn(root, config, folder, names, foreseen)];
  });
  const named = folders.flatMap(({ folder, names }) =>
    names.map((name) => ({ folder, name, ...placeOf(folder, name, config) })),
  );
  for (const { folder, name, ...place } of named) {
    const key = keyOf({ folder, stem: place.stem });
    if (isWanted(key)) addName(groups, key, folder, name, place);
  }
  return groups;
}

/** Those that are there, and those that are to be, with what will be in them. */
function versionFoldersIn(
  root: string,
  config: StorageConfig,
  parent: RunFolder,
  names: readonly string[],
  foreseen: Foreseen,
): FolderNames[] {
  const touched = [...foreseen.keys()].flatMap((path) => innerFolderOf(path, config) ?? []);
  const paths = new Set(mayBeVersions(parent, names, config));
  for (const path of touched) if (parentOf(path, config)?.path === parent.path) paths.add(path);
  return [...paths].flatMap((path) => {
    if (!touched.includes(path)) return lookIntoFolder(root, parent, path).version ?? [];
    return asVersion(parent, path, insideAsRecovered(root, path, foreseen)) ?? [];
  });
}

function insideAsRecovered(root: string, path: string, foreseen: Foreseen): NamesInside {
  const inside = new Set(namesInside(root, path));
  for (const [each, now] of foreseen) {
    if (!each.startsWith(`${path}/`)) continue;
    if (now === null) inside.delete(each.slice(path.length + 1));
    else inside.add(each.slice(path.length + 1));
  }
  return inside;
}

function namesIn(root: string, folder: RunFolder, foreseen: Foreseen): Set<string> {
  const names = new Set(listNames(root, folder).names);
  for (const [path, now] of foreseen) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (idOf(folder, name) !== path) continue;
    if (now === null) names.delete(name);
    else names.add(name);
  }
  return names;
}
