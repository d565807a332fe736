import type { StorageBytes } from '../formats/contents.ts';
import { longestRead } from '../formats/source.ts';
import { elementTypes, toNative } from '../tensors/element-types.ts';
import type { Storage } from './torch-value.ts';

/** Bytes of a file as a storage; those of a big-endian one turned round on the way. */
export function storedBytes({ source, start, length, byteOrder }: StorageBytes, dtype: string): Storage {
  const type = elementTypes.get(dtype);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < length; at += longestRead) {
      const bytes = await source.read(start + at, Math.min(longestRead, length - at));
      yield byteOrder === 'big' && type ? toNative(bytes, type, byteOrder) : bytes;
    }
  }
  return { dtype, byteLength: length, chunks };
}
