import { crc32 } from 'node:zlib';
import type { ReadBytes } from './read-elements.ts';

/** Bytes that were read one after the other, by their places in their storage, and the CRC-32 of them. */
export interface ReadPiece {
  from: number;
  to: number;
  crc32: number;
}

/** Goes along with what reads a storage. Whoever begins anew where the first reading began is followed again from there. */
export class NotedReading {
  #piece: ReadPiece | null = null;
  #isInOrder = true;

  /** Null where nothing was read, or not one after the other. */
  get piece(): ReadPiece | null {
    return this.#isInOrder ? this.#piece : null;
  }

  /** The same reading, which this goes along with. */
  along(read: ReadBytes): ReadBytes {
    return (position, length) => {
      const bytes = read(position, length);
      if (bytes instanceof Uint8Array) return this.#note(position, bytes);
      return bytes.then((arrived) => this.#note(position, arrived));
    };
  }

  #note(position: number, bytes: Uint8Array): Uint8Array {
    const last = this.#piece;
    const before = last && position === last.to ? last : { from: position, crc32: 0 };
    this.#isInOrder &&= last === null || before === last || position === last.from;
    if (this.#isInOrder)
      this.#piece = {
        from: before.from,
        to: position + bytes.length,
        crc32: crc32(bytes, before.crc32),
      };
    return bytes;
  }
}
