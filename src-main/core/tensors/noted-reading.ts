import { crc32 } from 'node:zlib';
import { Damage } from '../formats/damage.ts';
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
  #damage: string | null = null;

  /** Null where nothing was read, or not one after the other. */
  get piece(): ReadPiece | null {
    return this.#isInOrder ? this.#piece : null;
  }

  /** What turned out to be wrong with the bytes when they were unpacked. */
  get damage(): string | null {
    return this.#damage;
  }

  /** The same reading, which this goes along with. @param isRecorded whether there is a checksum to compare what is read with */
  along(read: ReadBytes, isRecorded: boolean): ReadBytes {
    const note = (position: number, bytes: Uint8Array) => (isRecorded ? this.#note(position, bytes) : bytes);
    return (position, length) => {
      const bytes = read(position, length);
      if (bytes instanceof Uint8Array) return note(position, bytes);
      return bytes.then((arrived) => note(position, arrived), this.#noteDamage);
    };
  }

  readonly #noteDamage = (error: unknown): never => {
    if (error instanceof Damage) this.#damage = error.message;
    throw error;
  };

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
