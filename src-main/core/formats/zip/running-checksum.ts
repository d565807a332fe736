import { crc32, createInflateRaw, type Gunzip, type InflateRaw } from 'node:zlib';
import type { Member } from './read-archive.ts';

/** Takes a member's bytes a piece at a time; gives the CRC-32 of what they stand for, null when they stand for nothing. */
export interface RunningChecksum {
  update(piece: Uint8Array): void | Promise<void>;
  finish(): Promise<number | null>;
}

/** A checksum over a member that is stored or deflated. */
export function startChecksum({ method, size }: Member): RunningChecksum {
  return method === 8 ? new InflatedChecksum(createInflateRaw(), size) : new StoredChecksum();
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

/** Inflates without keeping anything, and no further than the size on record, when there is one: a bomb stops there. */
export class InflatedChecksum implements RunningChecksum {
  readonly #inflate: InflateRaw | Gunzip;
  readonly #size: number | null;
  readonly #over: Promise<void>;
  #isOver = false;
  #isDamaged = false;
  #inflated = 0;
  #value = 0;

  constructor(inflate: InflateRaw | Gunzip, size: number | null) {
    this.#inflate = inflate;
    this.#size = size;
    this.#inflate.on('data', (piece: Buffer) => this.#add(piece));
    // The stream ends by itself where the deflated data ends; it then never answers the write that went beyond.
    this.#over = new Promise((resolve) => {
      this.#inflate
        .on('end', resolve)
        .on('close', resolve)
        .on('error', () => this.#fail());
    }).then(() => this.#stop());
  }

  async update(piece: Uint8Array): Promise<void> {
    if (this.#isOver) return;
    const written = new Promise<void>((resolve) => {
      this.#inflate.write(piece, () => resolve());
    });
    await Promise.race([written, this.#over]);
  }

  async finish(): Promise<number | null> {
    if (!this.#isOver) this.#inflate.end();
    await this.#over;
    return this.#isDamaged || this.#inflated !== (this.#size ?? this.#inflated) ? null : this.#value;
  }

  #add(piece: Buffer): void {
    this.#inflated += piece.length;
    this.#value = crc32(piece, this.#value);
    if (this.#inflated > (this.#size ?? this.#inflated)) this.#fail();
  }

  #fail(): void {
    this.#isDamaged = true;
    this.#inflate.destroy();
  }

  #stop(): void {
    this.#isOver = true;
    this.#inflate.destroy();
  }
}
