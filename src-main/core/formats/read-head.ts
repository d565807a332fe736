import { type Head, headLength } from './format.ts';
import { findSuperblock } from './hdf5/find-superblock.ts';
import type { Source } from './source.ts';

/** Names of files that may be HDF5 behind a long block of the user's own. */
const likeHdf5 = /\.(?:h5|hdf5|keras|mat|nc)$/i;

/** The first bytes of a source, to recognise its format by. */
export async function readHead(source: Source): Promise<Head> {
  const { name, size } = source;
  const bytes = await source.read(0, Math.min(size, headLength));
  const head = { name, size, bytes };
  if (!likeHdf5.test(name) || size <= headLength) return head;
  return (await findSuperblock(source)) === null ? head : { ...head, isHdf5FurtherOn: true };
}
