import type { JsonObject } from '../../../shared/model/json.ts';
import type { MetricSource } from '../../../shared/model/metric-source.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { Version } from '../../../shared/model/version.ts';
import { compareNatural } from '../../../shared/query/compare-natural.ts';
import { readAsOf } from '../config/read-as.ts';
import { lookAt } from '../files/file-identity.ts';
import { nameWithoutEnding } from './classify-name.ts';
import { beside } from './group-names.ts';
import type { Places } from './identity-of-folder.ts';
import { companionsOf } from './layouts/known-layouts.ts';
import { nameBeforeSave, recordOfFolder } from './layouts/saved-folders.ts';
import { sharedFilesIn } from './layouts/shared-files.ts';
import { readRecordObject } from './read-record-object.ts';
import { chooseSidecar, sidecarLimit } from './read-sidecar.ts';
import { innerFolderOf } from './version-folders.ts';

/** Everything known of one version: the row, where its file is, what goes with it, and its sidecar as it stands, every digit kept. */
export type VersionDescription = Version & {
  path: string;
  sidecar: JsonObject | null;
  modified_at: string | null;
  /** Files that go with its model, relative to the run. */
  companions: string[];
  /** Where the metrics are from that none of its own files has. */
  metric_sources: MetricSource[];
};

/** But for what other files of the run measured. */
export function describeVersion(
  version: Version,
  places: Places,
): Omit<VersionDescription, 'metric_sources'> {
  const path = places.pathOf(version.id);
  const look = lookAt(path);
  return {
    ...version,
    path,
    sidecar: readSidecarOf(version.id, places),
    modified_at: look && new Date(look.mtimeMs).toISOString(),
    companions: companionsOfVersion(version.id, places),
  };
}

/** All other files of a folder that is a version, or of those that one is; of a file those that its framework saves with it, or with all of the run. */
export function companionsOfVersion(id: string, { root, config, pathOf, folderAt, setAt }: Places): string[] {
  const inner = innerFolderOf(id, config);
  if (inner === null) {
    const readAs = readAsOf(config);
    const shared = sharedFilesIn({ root, readAs, pathOf })(id);
    const set = setAt(id);
    if (set) return [...set.others.map((name) => beside(id, name)).sort(compareNatural), ...shared];
    const own = companionsOf(id, readAs).filter((each) => lookAt(pathOf(each))?.type === 'file');
    return [...own, ...shared];
  }
  const ids = folderAt(inner)?.names.map((name) => `${inner}/${name}`) ?? [];
  return ids.filter((each) => each !== id).sort(compareNatural);
}

/** The sidecar of a version as it stands, of a folder the record that a save put there; null where there is none that can be read. */
export function readSidecarOf(id: string, { config, pathOf, folderAt }: Places): JsonObject | null {
  const inner = innerFolderOf(id, config);
  if (inner === null) return readWholeSidecar(nameWithoutEnding(id), pathOf);
  const own = nameBeforeSave(folderAt(inner)?.names ?? []);
  return own === null ? null : readRecordObject(pathOf(`${inner}/${recordOfFolder(own)}`));
}

/** Which of a version's files, by their ids, {@link readSidecarOf} reads where they are as in the run; null for none. */
export function sidecarAmong(id: string, files: readonly string[], config: StorageConfig): string | null {
  const inner = innerFolderOf(id, config);
  if (inner === null)
    return chooseSidecar(sidecarsOf(nameWithoutEnding(id)).filter((each) => files.includes(each))) ?? null;
  const own = nameBeforeSave(files.map((each) => each.slice(inner.length + 1)));
  return own === null ? null : `${inner}/${recordOfFolder(own)}`;
}

function sidecarsOf(stem: string): string[] {
  return ['.json', '_meta.json'].map((ending) => stem + ending);
}

/** The sidecar of a model by its name without its ending, as it stands; null where there is none that can be read, of `limit` bytes at most. */
export function readWholeSidecar(
  stem: string,
  pathOf: (id: string) => string,
  limit = sidecarLimit,
): JsonObject | null {
  const id = chooseSidecar(sidecarsOf(stem).filter((each) => lookAt(pathOf(each)) !== null));
  return id === undefined ? null : readRecordObject(pathOf(id), limit);
}
