import type { Source } from '../source.ts';
import { isSuperblockAt } from './recognise.ts';

/** A block of the user's own before it is 512 bytes long, or a multiple of that by a power of two: longer ones nobody writes. */
const [shortest, longest] = [512, 1024 * 1024];
const signatureLength = 8;

/** Where the superblock of an HDF5 file starts; null when there is none. */
export async function findSuperblock(source: Source): Promise<number | null> {
  const isAt = async (place: number) =>
    place + signatureLength <= source.size && isSuperblockAt(await source.read(place, signatureLength), 0);
  if (await isAt(0)) return 0;
  for (let place = shortest; place <= longest; place *= 2) if (await isAt(place)) return place;
  return null;
}
