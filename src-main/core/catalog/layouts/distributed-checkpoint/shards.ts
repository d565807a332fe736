import type { FolderManifest, FolderVersion, NamesInside } from '../layout.ts';
import { tellMissingNames } from '../missing-parts.ts';

const metadata = '.metadata';
const shard = /^__\d+_\d+\.distcp$/;
/** Before it a pickle has the length of a name, which is no letter for names of this kind. */
const named = /(?<![\w-])__\d{1,9}_\d{1,9}\.distcp/g;

/**
 * What is kept in a distributed checkpoint; null where none is.
 * @param at '' for right in the folder, or a folder there, with `/` at its end, in which a part of the state is
 */
export function keptIn(inside: NamesInside, at: string): Omit<FolderVersion, 'layout'> | null {
  const names = [...inside].filter((name) => name.startsWith(at) && shard.test(name.slice(at.length)));
  const [first] = names.sort();
  if (first === undefined) return null;
  const index = at + metadata;
  return inside.has(index)
    ? { main: index, missing: [] }
    : { main: first, missing: [`no ${index}: the save was not finished`] };
}

/** `.metadata` is a pickle in which the names of all shards stand as they are. torch/distributed/checkpoint/filesystem.py, _StorageInfo */
export const shardIndex: FolderManifest = {
  find: (main) => (main.slice(main.lastIndexOf('/') + 1) === metadata ? main : null),
  missing: (text, file, inside) => {
    const at = file.slice(0, -metadata.length);
    const shards = Array.from(new Set(text.match(named)), (name) => at + name);
    return tellMissingNames(shards.filter((name) => !inside.has(name)));
  },
};
