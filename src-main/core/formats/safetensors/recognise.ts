import { readCount } from '../byte-reader.ts';
import type { FormatName, Head } from '../format.ts';

/** The reference implementation refuses longer headers. In bytes. */
export const longestHeader = 100_000_000;

/** A 64-bit length, and a JSON object right after it. */
export function recogniseSafetensors({ bytes }: Head): FormatName | null {
  if (bytes.length < 9 || readCount(bytes, 0) > longestHeader) return null;
  return bytes.toString('latin1', 8, 9) === '{' ? 'safetensors' : null;
}
