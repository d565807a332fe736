import { parentPort, workerData } from 'node:worker_threads';
import { packVersions } from './packed-versions.ts';
import { readShard, type Shard } from './read-shard.ts';

for (const { versions, problems } of readShard(workerData as Shard)) {
  const packed = packVersions(versions);
  parentPort?.postMessage({ versions: packed, problems }, [packed.numbers.buffer]);
}
