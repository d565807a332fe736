import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { Foreseen } from '../operations/foresee-recovery.ts';
import { backupsOf, type Group, idOf } from './group-names.ts';
import { groupsAsRecovered } from './groups-as-recovered.ts';
import { groupsIn, listRun } from './list-run.ts';

/**
 * A version with every file that belongs to it: its model first; paths relative to the run. `folder` is the one that it is, where it is one,
 * `inner` are those below that, outer ones first.
 */
export interface VersionFiles {
  id: string;
  files: string[];
  folder?: string;
  inner?: string[];
}

/** The files of these versions. A sidecar, or a companion, that another model shares, which stays, is not among them. */
export function filesOfVersions(
  root: string,
  config: StorageConfig,
  ids: ReadonlySet<string>,
): VersionFiles[] {
  return [...listRun(root, config).folders].flatMap((names) =>
    [...groupsIn(names, config)].flatMap((group) => filesIn(group, ids, config.backup_suffix, names.folders)),
  );
}

/** {@link filesOfVersions} under the names that they will have once the run is recovered. */
export function filesAsRecovered(
  root: string,
  config: StorageConfig,
  ids: ReadonlySet<string>,
  foreseen: Foreseen,
): VersionFiles[] {
  const groups = groupsAsRecovered(root, config, foreseen).values();
  return [...groups].flatMap((group) => filesIn(group, ids, config.backup_suffix));
}

function filesIn(
  group: Group,
  ids: ReadonlySet<string>,
  suffix: string,
  folders: readonly string[] = [],
): VersionFiles[] {
  const { folder, files } = group;
  const wanted = files.model.filter((name) => ids.has(idOf(folder, name)));
  const shared = wanted.length === files.model.length ? [...files.sidecar, ...files.companion] : [];
  return wanted.map((name) => {
    const own = backupsOf(name, group, suffix);
    const all = [name, ...shared, ...own].map((file) => idOf(folder, file));
    const version = { id: idOf(folder, name), files: all };
    if (!folder.version) return version;
    return { ...version, folder: folder.path, inner: folders.map((inner) => idOf(folder, inner)) };
  });
}
