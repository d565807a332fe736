import { crc32, createInflateRaw } from 'node:zlib';
import { Inflation } from '../inflation.ts';
import type { Member } from './read-archive.ts';

/** Takes a member's bytes a piece at a time; gives the CRC-32 of what they stand for, null when they stand for nothing. */
export interface RunningChecksum {
  update(piece: Uint8Array): void | Promise<void>;
  finish(): Promise<number | null>;
}

/** A checksum over a member that is stored or deflated. */
export function startChecksum({ method, size }: Member): RunningChecksum {
  return method === 8 ? new InflatedChecksum(size) : new StoredChecksum();
}

class StoredChecksum implements RunningChecksum {
  #value = 0;

  update(piece: Uint8Array): void {
    this.#value = crc32(piece, this.#value);
  }

  async finish(): Promise<number> {
    return this.#value;
  }
}

/** Inflates without keeping anything, and no further than the size on record: a bomb stops there. */
class InflatedChecksum implements RunningChecksum {
  readonly #inflation: Inflation;
  readonly #size: number;
  #inflated = 0;
  #value = 0;

  constructor(size: number) {
    this.#size = size;
    this.#inflation = new Inflation(createInflateRaw(), (piece) => this.#add(piece));
  }

  update(piece: Uint8Array): Promise<void> {
    return this.#inflation.update(piece);
  }

  async finish(): Promise<number | null> {
    const isWhole = await this.#inflation.finish();
    return isWhole && this.#inflated === this.#size ? this.#value : null;
  }

  #add(piece: Buffer): void {
    this.#inflated += piece.length;
    this.#value = crc32(piece, this.#value);
    if (this.#inflated > this.#size) this.#inflation.cutShort();
  }
}
