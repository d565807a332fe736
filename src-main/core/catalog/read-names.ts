import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { readAsOf } from '../config/read-as.ts';
import { tryLookAt } from '../files/file-identity.ts';
import { idOf } from './group-names.ts';
import type { RunFolder } from './list-names.ts';
import { type FolderNames, groupsIn } from './list-run.ts';
import { type ListedVersion, listVersion } from './listed-version.ts';
import type { CatalogEntry } from './make-entry.ts';
import { type GroupContext, readGroup } from './read-group.ts';

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
export function* readNames(part: FolderNames, reading: ReadingContext): Generator<Reading> {
  const { config, withTexts } = reading;
  const context = contextIn(part.folder, reading);
  const metric = config.best_model_selection_metric;
  let sliceSize = firstSlice;
  let slice: Reading = { versions: [], problems: [] };
  for (const group of groupsIn(part, config)) {
    const { entries, problems } = readGroup(group, context);
    slice.problems.push(...problems, ...entries.flatMap(faultsOf));
    for (const entry of entries) slice.versions.push(listVersion(entry, metric, withTexts));
    if (slice.versions.length < sliceSize) continue;
    yield slice;
    slice = { versions: [], problems: [] };
    sliceSize = laterSlices;
  }
  yield slice;
}

/** What the groups of a folder are read with: made once, for there may be many. */
export function contextIn(folder: RunFolder, { root, config, checksums }: ReadingContext): GroupContext {
  return {
    root,
    checksums,
    backupSuffix: config.backup_suffix,
    readAs: readAsOf(config),
    lookAt: (name) => tryLookAt(`${root}/${idOf(folder, name)}`),
  };
}

/** What is wrong with the record of a version. */
export function faultsOf({ record }: CatalogEntry): Problem[] {
  return record.problems.map((problem) => ({ path: record.id, problem }));
}
