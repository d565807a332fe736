import { type FormatName, type Head, headLength } from '../format.ts';

/** The last eight bytes. tensorflow/tsl/lib/io/format.h, kTableMagicNumber */
export const tableMagic = Buffer.from('57fb808b247547db', 'hex');

/** Its first entry is that of the empty key, which shares nothing with one before it. Its mark is at its end, out of sight in a long one: there its name counts. */
export function recogniseTfIndex({ name, size, bytes }: Head): FormatName | null {
  if (size < 4 || bytes[0] !== 0 || bytes[1] !== 0) return null;
  const isMarked = size <= headLength && bytes.subarray(-tableMagic.length).equals(tableMagic);
  return isMarked || (name.endsWith('.index') && bytes[3] === 8) ? 'tf-index' : null;
}
