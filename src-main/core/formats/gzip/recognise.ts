import type { FormatName, Head } from '../format.ts';

/** RFC 1952: two magic bytes, and 8 for deflate, the only method there is. */
export function recogniseGzip({ bytes }: Head): FormatName | null {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8 ? 'gzip' : null;
}
