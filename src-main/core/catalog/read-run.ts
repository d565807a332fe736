import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { tryLookAt } from '../files/file-identity.ts';
import { workerUrl } from '../workers/worker-url.ts';
import { escapeName } from './escape-name.ts';
import { runFolders } from './list-names.ts';
import { type PackedVersions, unpackVersions } from './packed-versions.ts';
import { readShard, type Shard, type ShardReading } from './read-shard.ts';

/** Runs whose directories are smaller than this, in bytes, are read faster than threads start: some ten thousand names. */
const worthThreads = 400_000;
const mostThreads = 4;
/** Parsing makes much that dies young: room for it there spares copying it around. */
const resourceLimits = { maxYoungGenerationSizeMb: 48 };

/** Every version of a run, read once; large runs in several threads. @throws system errors when the run folder is gone */
export async function readRun(root: string, config: StorageConfig): Promise<ShardReading> {
  const of = directorySize(root, config) < worthThreads ? 1 : Math.min(mostThreads, availableParallelism());
  const shards = Array.from({ length: of }, (_, index): Shard => ({ root, config, index, of }));
  const readings =
    of === 1
      ? shards.flatMap((shard) => [...readShard(shard)])
      : (await Promise.all(shards.map(readInWorker))).flat();
  const problems = readings.flatMap((reading) => reading.problems);
  return {
    versions: readings.flatMap(({ versions }) => versions),
    problems: problems.map(({ path, problem }) => ({ path: escapeName(path), problem })),
  };
}

/** How large the run's directories are, in bytes: what that means differs between file systems, that it grows does not. */
function directorySize(root: string, config: StorageConfig): number {
  const looks = runFolders(config).map(({ path }) => tryLookAt(`${root}/${path}`));
  return looks.reduce((size, look) => size + (look && 'size' in look ? look.size : 0), 0);
}

interface PackedReading {
  versions: PackedVersions;
  problems: Problem[];
}

/** @throws what went wrong in the thread */
function readInWorker(shard: Shard): Promise<ShardReading[]> {
  return new Promise((resolve, reject) => {
    const readings: ShardReading[] = [];
    const worker = new Worker(workerUrl('read-shard-worker'), { workerData: shard, resourceLimits });
    worker.on('message', ({ versions, problems }: PackedReading) =>
      readings.push({ versions: unpackVersions(versions), problems }),
    );
    worker.once('error', reject);
    worker.once('exit', () => resolve(readings));
  });
}
