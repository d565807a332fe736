import { createGunzip } from 'node:zlib';
import { type Structure, torn, unknown, whole } from '../format.ts';
import { Inflation } from '../inflation.ts';
import { formatCount } from '../plain-text.ts';

/** The most bytes that are unpacked. */
const most = 64 * 1024 ** 3;

/** Unpacks a gzip file during one pass, keeping nothing: its own trailer has the CRC-32 and the length. RFC 1952. */
export class UnpackCheck {
  readonly #inflation: Inflation;
  readonly #limit: number;
  #packed = 0;
  #unpacked = 0;

  /** @param limit the bytes that are unpacked before it stops: a bomb ends there */
  constructor(limit = most) {
    this.#limit = limit;
    this.#inflation = new Inflation(createGunzip(), (piece) => this.#count(piece));
  }

  /** Takes the file from front to back; each call is awaited before the next. */
  async update(chunk: Uint8Array): Promise<void> {
    this.#packed += chunk.length;
    await this.#inflation.update(chunk);
  }

  /** What unpacking says of the file, once all of it was passed. */
  async finish(): Promise<Structure> {
    const isWhole = await this.#inflation.finish();
    if (this.#unpacked > this.#limit) {
      const looked = `more than ${formatCount(this.#limit)} bytes: only these were looked at`;
      return unknown('gzip', `a gzip file that unpacks to ${looked}`);
    }
    const damage = 'its compressed data is damaged, or its end is missing';
    return isWhole ? whole('gzip') : torn('gzip', `${formatCount(this.#packed)} bytes: ${damage}`);
  }

  #count(piece: Buffer): void {
    this.#unpacked += piece.length;
    if (this.#unpacked > this.#limit) this.#inflation.cutShort();
  }
}
