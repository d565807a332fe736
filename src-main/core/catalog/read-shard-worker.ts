import { parentPort, workerData } from 'node:worker_threads';
import { packVersions } from './listed-version.ts';
import { readShard, type Shard } from './read-shard.ts';

for (const { versions, problems } of readShard(workerData as Shard)) {
  parentPort?.postMessage({ versions: packVersions(versions), problems });
}
