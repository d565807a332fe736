import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { Foreseen } from '../operations/foresee-recovery.ts';
import { addName, type Groups, idOf, keyOf, placeOf } from './group-names.ts';
import { listNames, type RunFolder, runFolders } from './list-names.ts';

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
  const named = runFolders(config).flatMap((folder) =>
    [...namesIn(root, folder, foreseen)].map((name) => ({ folder, name, ...placeOf(folder, name, config) })),
  );
  for (const { folder, name, ...place } of named) {
    const key = keyOf({ folder, stem: place.stem });
    if (isWanted(key)) addName(groups, key, folder, name, place);
  }
  return groups;
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
