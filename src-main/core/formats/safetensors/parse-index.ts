import { rule } from '../damage.ts';
import { plainName } from '../plain-text.ts';
import { isRecord, parseObject } from './read-header.ts';

/** Which file of a sharded checkpoint each tensor is in, by name. */
export type ShardMap = ReadonlyMap<string, string>;

/**
 * The `weight_map` of a `*.safetensors.index.json` or `*.bin.index.json`. A shard is a file beside the index: a name that could lead anywhere else
 * is refused. @throws Damage
 */
export function parseIndex(bytes: Buffer): ShardMap {
  const map = parseObject(bytes, 'the index')['weight_map'];
  rule(isRecord(map), 'the index does not say which tensor is in which file');
  return new Map(
    Object.entries(map).map(([tensor, shard]) => {
      rule(typeof shard === 'string', () => `the index does not say in which file ${plainName(tensor)} is`);
      rule(isPlainName(shard), () => `the index names ${plainName(shard)}, which is no file beside it`);
      return [tensor, shard];
    }),
  );
}

/** Also once more after decoding, as it would be where the name is taken for part of an address. */
function isPlainName(name: string): boolean {
  return isOneName(name) && isOneName(decode(name));
}

function isOneName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\\\0]|^[A-Za-z]:/.test(name);
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
