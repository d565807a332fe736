import { constants, gunzipSync } from 'node:zlib';
import { type Head, headLength } from '../format.ts';
import type { Source } from '../source.ts';

/** Of packed bytes: they stand for a thousand times as many at most. */
const packedLength = 16 * 1024;

/** The first bytes of what is packed, under its own name; null where they are damaged. */
export async function unpackHead(source: Source): Promise<Head | null> {
  const packed = await source.read(0, Math.min(source.size, packedLength));
  try {
    const bytes = gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
    const name = source.name.replace(/\.gz$/i, '');
    return { name, size: bytes.length, bytes: bytes.subarray(0, headLength) };
  } catch {
    return null;
  }
}
