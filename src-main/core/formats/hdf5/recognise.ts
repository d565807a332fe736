import type { FormatName, Head } from '../format.ts';

const signature = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/** The superblock may follow a user's own block of 512 bytes, or of a multiple of it by a power of two. */
const places = [0, 512, 1024, 2048];

/** Where the superblock starts; undefined when there is none. */
export function superblockOffset(bytes: Buffer): number | undefined {
  return places.find((place) => bytes.subarray(place, place + signature.length).equals(signature));
}

export function recogniseHdf5({ bytes }: Head): FormatName | null {
  return superblockOffset(bytes) === undefined ? null : 'hdf5';
}
