import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { readAsOf } from '../config/read-as.ts';
import type { Foreseen } from '../operations/foresee-recovery.ts';
import { backupsOf, type Group, idOf, modelsOf, setOf } from './group-names.ts';
import { groupsAsRecovered } from './groups-as-recovered.ts';
import { sharedFilesIn } from './layouts/shared-files.ts';
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
  /** Of one that is several files: those that its checksum is of. */
  parts?: readonly string[];
}

/** The folder of the run that the names of a version's files are relative to where they are told apart by names. */
export function baseOf({ id, folder }: Pick<VersionFiles, 'id' | 'folder'>): string {
  return folder ?? id.slice(0, Math.max(0, id.lastIndexOf('/')));
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

/** {@link filesOfVersions}, and what their models share with others: what is to be copied, so that a model is never without them. */
export function filesToCopy(root: string, config: StorageConfig, ids: ReadonlySet<string>): VersionFiles[] {
  return withShared(filesOfVersions(root, config, ids), { root, readAs: readAsOf(config) });
}

/** {@link filesToCopy} under the names that they will have once the run is recovered. */
export function filesAsRecovered(
  root: string,
  config: StorageConfig,
  ids: ReadonlySet<string>,
  foreseen: Foreseen,
): VersionFiles[] {
  const groups = groupsAsRecovered(root, config, foreseen).values();
  const versions = [...groups].flatMap((group) => filesIn(group, ids, config.backup_suffix));
  return withShared(versions, { root, readAs: readAsOf(config) });
}

function withShared(versions: VersionFiles[], places: Parameters<typeof sharedFilesIn>[0]): VersionFiles[] {
  const sharedBy = sharedFilesIn(places);
  return versions.map((version) => {
    const shared = version.folder === undefined ? sharedBy(version.id) : [];
    return shared.length === 0 ? version : { ...version, files: [...version.files, ...shared] };
  });
}

function filesIn(
  group: Group,
  ids: ReadonlySet<string>,
  suffix: string,
  folders: readonly string[] = [],
): VersionFiles[] {
  const { folder, files } = group;
  const set = setOf(group);
  const models = modelsOf(group);
  const wanted = models.filter((name) => ids.has(idOf(folder, name)));
  const shared = wanted.length === models.length ? [...files.sidecar, ...files.companion] : [];
  return wanted.map((name) => {
    const id = idOf(folder, name);
    const parts = set?.main === name ? set.others : [];
    const own = backupsOf(name, group, suffix);
    const all = [name, ...parts, ...shared, ...own].map((file) => idOf(folder, file));
    if (folder.version) {
      const inner = folders.map((each) => idOf(folder, each));
      return { id, files: all, folder: folder.path, inner, parts: all };
    }
    return set?.main === name
      ? { id, files: all, parts: all.slice(0, parts.length + 1) }
      : { id, files: all };
  });
}
