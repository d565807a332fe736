import type { Contents, Tensor } from '../contents.ts';
import { rule } from '../damage.ts';
import { plainContents } from '../empty-contents.ts';
import { Problems } from '../gather-problems.ts';
import { formatCount, plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { parseIndex, type ShardMap } from './parse-index.ts';
import { readLong } from './read-header.ts';

/** What is in a file beside the index, by its plain name; null when it is not there. */
export type ReadShard = (name: string) => Promise<Contents | null>;

/** The longest index that is read, in bytes: those of the largest models are a few million. */
const longestIndex = 16 * 1024 * 1024;

/** Each is open until the checkpoint is closed. */
const mostShards = 500;

/** The tensors of all shards that an index names, as one checkpoint; shards that are missing are told. @throws Damage */
export async function readShardedContents(index: Source, readShard: ReadShard): Promise<Contents> {
  rule(index.size <= longestIndex, 'the index is longer than any that is written');
  const shardOf = parseIndex(await readLong(index, 0, index.size));
  const counts = countByShard(shardOf);
  rule(counts.size <= mostShards, 'the index names more files than are looked at');
  const problems = new Problems();
  const parts: Tensor[][] = [];
  let metadata: Contents['metadata'] = null;
  for (const [name, count] of counts) {
    const contents = await readShard(name);
    if (!contents) problems.add(`${plainName(name)} is missing`);
    for (const sentence of contents?.problems ?? []) problems.add(`${plainName(name)}: ${sentence}`);
    metadata ??= contents?.metadata ?? null;
    const wanted = (contents?.tensors ?? []).filter((tensor) => shardOf.get(tensor.name) === name);
    parts.push(wanted);
    tellLost(name, { lost: count - wanted.length, isThere: contents !== null }, problems);
  }
  const entries = [...counts].map(([name, count]) => ({
    key: plainName(name),
    type: 'shard',
    summary: `${formatCount(count)} tensors`,
  }));
  return {
    ...plainContents('sharded-safetensors', problems.sentences, entries),
    metadata,
    tensors: parts.flat(),
  };
}

function tellLost(
  name: string,
  { lost, isThere }: { lost: number; isThere: boolean },
  problems: Problems,
): void {
  if (lost === 0) return;
  const where = isThere ? 'are not in it' : 'are missing with it';
  problems.add(`${plainName(name)}: ${formatCount(lost)} tensors that the index has in it ${where}`);
}

function countByShard(shardOf: ShardMap): Map<string, number> {
  const counts = new Map<string, number>();
  for (const shard of shardOf.values()) counts.set(shard, (counts.get(shard) ?? 0) + 1);
  return counts;
}
