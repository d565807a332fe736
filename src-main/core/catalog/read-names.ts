import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { tryLookAt } from '../files/file-identity.ts';
import { idOf } from './group-names.ts';
import { type FolderNames, groupsIn } from './list-run.ts';
import { type ListedVersion, listVersion } from './listed-version.ts';
import { type GroupReading, readGroup } from './read-group.ts';

/** What every part of a run is read with. */
export interface ReadingContext {
  root: string;
  config: StorageConfig;
  checksums: ReadonlyMap<string, string>;
}

/** Some versions of a run, and what is wrong with its files. */
export interface Reading {
  versions: ListedVersion[];
  problems: Problem[];
}

/** Versions in a slice. What lives longer than a slice is copied by the garbage collector: larger ones take twice as long. */
const sliceSize = 1000;

/** Reads the files of these names once, a slice at a time, keeping nothing to compare with later. */
export function* readNames(
  part: FolderNames,
  { root, config, checksums }: ReadingContext,
): Generator<Reading> {
  const lookAt = (name: string) => tryLookAt(`${root}/${idOf(part.folder, name)}`);
  const context = { root, checksums, backupSuffix: config.backup_suffix, lookAt };
  let reading: Reading = { versions: [], problems: [] };
  for (const group of groupsIn(part, config)) {
    readInto(reading, readGroup(group, context), config.best_model_selection_metric);
    if (reading.versions.length < sliceSize) continue;
    yield reading;
    reading = { versions: [], problems: [] };
  }
  yield reading;
}

function readInto(reading: Reading, { entries, problems }: GroupReading, metric: string): void {
  reading.problems.push(...problems);
  for (const entry of entries) {
    reading.versions.push(listVersion(entry, metric));
    for (const problem of entry.record.problems) reading.problems.push({ path: entry.record.id, problem });
  }
}
