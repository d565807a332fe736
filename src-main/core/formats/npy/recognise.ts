import type { FormatName, Head } from '../format.ts';

const magic = Buffer.from('\x93NUMPY', 'latin1');

export function recogniseNpy({ bytes }: Head): FormatName | null {
  return bytes.subarray(0, magic.length).equals(magic) ? 'npy' : null;
}
