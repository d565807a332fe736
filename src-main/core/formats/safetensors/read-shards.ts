import type { Contents, PickledGlobal, Tensor, Trust } from '../contents.ts';
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

const mostUnread = 20;

/** Each is open until the checkpoint is closed. */
const mostShards = 500;

/** The tensors of all shards that an index names, as one checkpoint; shards that are missing are told. @throws Damage */
export async function readShardedContents(
  index: Source,
  readShard: ReadShard,
  format: 'sharded-safetensors' | 'sharded-torch' = 'sharded-safetensors',
): Promise<Contents> {
  rule(index.size <= longestIndex, 'the index is longer than any that is written');
  const shardOf = parseIndex(await readLong(index, 0, index.size));
  const counts = countByShard(shardOf);
  rule(counts.size <= mostShards, 'the index names more files than are looked at');
  const problems = new Problems();
  const parts: Tensor[][] = [];
  const loading = new ShardedLoading(format);
  let metadata: Contents['metadata'] = null;
  for (const [name, count] of counts) {
    const contents = await readShard(name);
    if (!contents) problems.add(`${plainName(name)} is missing`);
    loading.add(name, contents);
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
    ...plainContents(format, problems.sentences, entries),
    ...loading.told(),
    metadata,
    tensors: parts.flat(),
  };
}

const trusts: readonly Trust[] = ['tensors-only', 'needs-classes', 'runs-code'];

/** What loading all of them would take: what the worst of them does. */
class ShardedLoading {
  readonly #format: string;
  readonly #globals = new Map<string, PickledGlobal>();
  readonly #unread = new Set<string>();
  #worst = 0;

  constructor(format: string) {
    this.#format = format;
  }

  add(name: string, contents: Contents | null): void {
    // Of a format that has no place for code nothing is to be feared of what is missing.
    if (!contents && this.#format === 'sharded-torch') this.#miss(plainName(name));
    for (const what of contents?.unread ?? []) this.#miss(`${plainName(name)}: ${what}`);
    for (const named of contents?.globals ?? []) this.#addGlobal(named);
    this.#worst = Math.max(this.#worst, trusts.indexOf(contents?.trust ?? 'tensors-only'));
  }

  told(): Pick<Contents, 'globals' | 'unread' | 'trust'> {
    const trust = trusts[this.#worst] ?? 'runs-code';
    return { globals: [...this.#globals.values()], unread: [...this.#unread], trust };
  }

  #miss(what: string): void {
    this.#worst = trusts.length - 1;
    if (this.#unread.size < mostUnread) this.#unread.add(what);
  }

  #addGlobal(named: PickledGlobal): void {
    const key = `${named.module}\n${named.name}`;
    const known = this.#globals.get(key);
    if (!known?.called) this.#globals.set(key, named);
  }
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
