import type { FormatName, Head } from '../format.ts';

const signature = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/** The superblock may follow a user's own block; where that is longer, the head says so. */
const places = [0, 512, 1024, 2048];

export function isSuperblockAt(bytes: Buffer, place: number): boolean {
  return bytes.subarray(place, place + signature.length).equals(signature);
}

export function recogniseHdf5({ bytes, isHdf5FurtherOn }: Head): FormatName | null {
  return isHdf5FurtherOn || places.some((place) => isSuperblockAt(bytes, place)) ? 'hdf5' : null;
}
