import { claimByFolders } from '../claim-by-folders.ts';
import type { FolderVersion, Layout, NamesInside } from '../layout.ts';
import { keptIn, shardIndex } from './shards.ts';

/**
 * `__{rank}_{n}.distcp`, and at the end `.metadata`, which gets its name once it is whole.
 * torch/distributed/checkpoint/filesystem.py. Some trainers keep each part of the state so, in `model/`, `optim/` and more of one folder.
 */
export const distributedCheckpoint: Layout = {
  id: 'distributed-checkpoint',
  name: 'PyTorch distributed checkpoint',
  versionFolder: {
    recognise: recogniseFolder,
    mayBe: (inside) => inside.has(model),
    countsSteps: true,
    manifest: shardIndex,
  },
  recognise: (signs) =>
    claimByFolders(signs, /\/(?:\.metadata|__\d+_\d+\.distcp)$/, 'folders with .distcp files'),
};

/** A training keeps them so in folders that count; others may hold what is a version by itself. */
const counted = /(?:step|checkpoint|ckpt|iter|epoch)[-_]?\d{1,15}$/i;
const model = 'model/';

function recogniseFolder(name: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const whole = keptIn(inside, '');
  if (whole || !counted.test(name)) return whole;
  const kept = keptIn(inside, model);
  if (!kept) return null;
  const parts = [...inside].filter((each) => each !== model && /^[^/]+\/$/.test(each));
  const others = parts.flatMap((part) => keptIn(inside, part)?.missing ?? []);
  return { main: kept.main, missing: [...kept.missing, ...others] };
}
