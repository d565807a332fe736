import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { tryLookAt } from '../files/file-identity.ts';
import { type Group, idOf } from './group-names.ts';
import { listRun, type Part, type RunListing } from './list-run.ts';
import { type ListedVersion, listVersion } from './listed-version.ts';
import { readGroup } from './read-group.ts';

/** A part of a run to be read once. */
export interface Shard extends Part {
  root: string;
  config: StorageConfig;
}

export interface ShardReading {
  versions: ListedVersion[];
  problems: Problem[];
}

const sliceSize = 4000;

/** Lists and reads its part of a run once, a slice at a time, keeping nothing to compare with later. */
export function* readShard({ root, config, ...part }: Shard): Generator<ShardReading> {
  const listing = listRun(root, config, part);
  let reading: ShardReading = { versions: [], problems: [] };
  for (const [, group] of listing.groups) {
    readInto(reading, group, { root, config, ...part }, listing);
    if (reading.versions.length < sliceSize) continue;
    yield reading;
    reading = { versions: [], problems: [] };
  }
  if (part.index === 0) reading.problems.push(...listing.problems);
  yield reading;
}

function readInto(
  reading: ShardReading,
  group: Group,
  { root, config }: Shard,
  { checksums }: RunListing,
): void {
  const lookAt = (name: string) => tryLookAt(`${root}/${idOf(group.folder, name)}`);
  const { entries, problems } = readGroup(group, {
    root,
    checksums,
    backupSuffix: config.backup_suffix,
    lookAt,
  });
  reading.problems.push(...problems);
  for (const entry of entries) {
    reading.versions.push(listVersion(entry, config.best_model_selection_metric));
    for (const problem of entry.record.problems) reading.problems.push({ path: entry.record.id, problem });
  }
}
