import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { readAsOf } from '../config/read-as.ts';
import { tryLookAt } from '../files/file-identity.ts';
import { idOf } from './group-names.ts';
import { type FolderNames, groupsIn } from './list-run.ts';
import { type ListedVersion, listVersion } from './listed-version.ts';
import type { CatalogEntry } from './make-entry.ts';
import { readGroup } from './read-group.ts';

/** What every part of a run is read with. */
export interface ReadingContext {
  root: string;
  config: StorageConfig;
  checksums: ReadonlyMap<string, string>;
  /** Whether the whole record of each version is wanted, as text. */
  withTexts: boolean;
}

/** Some versions of a run, and what is wrong with its files. */
export interface Reading {
  versions: ListedVersion[];
  problems: Problem[];
}

/** Versions in the first slice, so that there is something to see soon, and in later ones: what is held longer, the garbage collector copies. */
const firstSlice = 200;
const laterSlices = 1000;

/** Reads the files of these names once, a slice at a time, keeping nothing to compare with later. */
export function* readNames(
  part: FolderNames,
  { root, config, checksums, withTexts }: ReadingContext,
): Generator<Reading> {
  const lookAt = (name: string) => tryLookAt(`${root}/${idOf(part.folder, name)}`);
  const context = { root, checksums, backupSuffix: config.backup_suffix, readAs: readAsOf(config), lookAt };
  const metric = config.best_model_selection_metric;
  let sliceSize = firstSlice;
  let reading: Reading = { versions: [], problems: [] };
  for (const group of groupsIn(part, config)) {
    const { entries, problems } = readGroup(group, context);
    reading.problems.push(...problems, ...entries.flatMap(faultsOf));
    for (const entry of entries) reading.versions.push(listVersion(entry, metric, withTexts));
    if (reading.versions.length < sliceSize) continue;
    yield reading;
    reading = { versions: [], problems: [] };
    sliceSize = laterSlices;
  }
  yield reading;
}

/** What is wrong with the record of a version. */
export function faultsOf({ record }: CatalogEntry): Problem[] {
  return record.problems.map((problem) => ({ path: record.id, problem }));
}
