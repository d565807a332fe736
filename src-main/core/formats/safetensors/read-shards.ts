import type { Contents, Tensor } from '../contents.ts';
import { rule } from '../damage.ts';
import { emptyContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import { formatCount, plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { parseIndex, type ShardMap } from './parse-index.ts';
import { readSafetensorsContents } from './read-contents.ts';
import { readLong } from './read-header.ts';
import { longestHeader } from './recognise.ts';

/** A file beside the index by its plain name; null when it is not there. The caller closes what it opened. */
export type OpenShard = (name: string) => Promise<Source | null>;

const mostShards = 10_000;

/** The tensors of all shards that an index names, as one checkpoint; shards that are missing are told. @throws Damage */
export async function readShardedContents(
  index: Source,
  recognised: FormatName,
  openShard: OpenShard,
): Promise<Contents> {
  rule(index.size <= longestHeader, 'the index is longer than any that is written');
  const shardOf = parseIndex(await readLong(index, 0, index.size));
  const counts = countByShard(shardOf);
  rule(counts.size <= mostShards, 'the index names more files than are looked at');
  const problems = new Problems();
  const tensors: Tensor[] = [];
  let metadata: Contents['metadata'] = null;
  for (const [name, count] of counts) {
    const contents = await readShard(name, openShard, problems);
    metadata ??= contents?.metadata ?? null;
    const wanted = (contents?.tensors ?? []).filter((tensor) => shardOf.get(tensor.name) === name);
    tensors.push(...wanted);
    tellLost(name, { lost: count - wanted.length, isThere: contents !== null }, problems);
  }
  const entries = [...counts].map(([name, count]) => ({
    key: plainName(name),
    type: 'shard',
    summary: `${formatCount(count)} tensors`,
  }));
  return { ...emptyContents(recognised, problems.sentences, entries), metadata, tensors };
}

async function readShard(name: string, openShard: OpenShard, problems: Problems): Promise<Contents | null> {
  const source = await openShard(name);
  if (!source) {
    problems.add(`${plainName(name)} is missing`);
    return null;
  }
  const own = new Problems();
  const contents = await own.try(() => readSafetensorsContents(source, 'safetensors'));
  for (const sentence of [...own.sentences, ...(contents?.problems ?? [])]) {
    problems.add(`${plainName(name)}: ${sentence}`);
  }
  return contents;
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
