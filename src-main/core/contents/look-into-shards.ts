import { dirname, join } from 'node:path';
import { followToFile } from '../files/follow-to-file.ts';
import { Damage } from '../formats/damage.ts';
import { emptyContents, plainContents } from '../formats/empty-contents.ts';
import { readShardedContents } from '../formats/safetensors/read-shards.ts';
import type { Looked, Named } from './inspect-file.ts';
import type { OpenFiles } from './open-files.ts';
import { readInThread, type ThreadLimits } from './read-in-thread.ts';

/** How lists of shards are called. huggingface_hub/serialization/_base.py */
const indexes = [
  ['.safetensors.index.json', 'sharded-safetensors'],
  ['.bin.index.json', 'sharded-torch'],
] as const;

const shardsOf = (path: string) => indexes.find(([ending]) => path.toLowerCase().endsWith(ending))?.[1];

/** Whether a file lists the shards of a checkpoint, by the name that they all have. */
export function isShardIndex(path: string): boolean {
  return shardsOf(path) !== undefined;
}

/** Looks into all files that an index names, each in a thread of its own; the hub's cache has them as links, which are followed. @throws ModelManagerError where one cannot be read */
export async function lookIntoShards(
  { path, file }: Named,
  files: OpenFiles,
  limits?: ThreadLimits,
): Promise<Looked> {
  let bytesRead = 0;
  const readShard = async (name: string) => {
    const shard = join(dirname(path), name);
    const target = await followToFile(shard).catch(() => null);
    if (target === null) return null;
    const reading = await readInThread(await files.open(shard, target), limits);
    bytesRead += reading.bytesRead;
    return reading.contents;
  };
  const index = await files.open(path, file);
  const format = shardsOf(path) ?? 'sharded-safetensors';
  const contents = await readShardedContents(index, readShard, format).catch((error: unknown) => {
    if (!(error instanceof Damage)) throw error;
    return (format === 'sharded-torch' ? emptyContents : plainContents)(format, [error.message]);
  });
  return { contents, optimizer: null, fileSize: index.size, bytesRead: bytesRead + index.bytesRead };
}
