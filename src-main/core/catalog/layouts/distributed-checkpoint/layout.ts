import { claimByFolders } from '../claim-by-folders.ts';
import type { FolderVersion, Layout, NamesInside } from '../layout.ts';

const metadata = '.metadata';
const shard = /^__\d+_\d+\.distcp$/;

/**
 * `__{rank}_{n}.distcp`, and at the end `.metadata`, which gets its name once it is whole.
 * torch/distributed/checkpoint/filesystem.py
 */
export const distributedCheckpoint: Layout = {
  id: 'distributed-checkpoint',
  name: 'PyTorch distributed checkpoint',
  versionFolder: { recognise: recogniseFolder, countsSteps: true },
  recognise: (signs) =>
    claimByFolders(signs, /\/(?:\.metadata|__\d+_\d+\.distcp)$/, 'folders with .distcp files'),
};

function recogniseFolder(_: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const [first] = [...inside].filter((name) => shard.test(name)).sort();
  if (first === undefined) return null;
  return inside.has(metadata)
    ? { main: metadata, missing: [] }
    : { main: first, missing: [`no ${metadata}: the save was not finished`] };
}
