import { Damage, LimitReached } from './damage.ts';
import { longestRead, type Source } from './source.ts';

const noBytes = Buffer.alloc(0);
const singleBytes: readonly Buffer[] = Array.from({ length: 256 }, (_, byte) => Buffer.of(byte));

const chunk = { shortest: 96, longest: 64 * 1024 };

/**
 * Reads a range of a source from front to back, in chunks that grow while nothing is skipped. What is skipped is
 * never read. `position`, `end` and all lengths are in bytes.
 */
export class ByteReader {
  readonly end: number;
  readonly #source: Source;
  #chunk: Buffer = Buffer.alloc(0);
  #chunkStart: number;
  #chunkLength = chunk.shortest;
  #position: number;
  #budget: number;

  /** `end` must not lie beyond the source. Reading more than `budget` bytes is a {@link Damage} of state `unknown`. */
  constructor(source: Source, start: number, end: number, budget: number) {
    this.#source = source;
    this.#chunkStart = start;
    this.#position = start;
    this.end = end;
    this.#budget = budget;
  }

  get position(): number {
    return this.#position;
  }

  get remaining(): number {
    return this.end - this.#position;
  }

  /** How many of the next bytes are in memory, so that `take` can give them at once. */
  get buffered(): number {
    return Math.max(0, this.#chunkStart + this.#chunk.length - this.#position);
  }

  /** Brings the next bytes into memory; false when fewer than `length` are left, or more than one read may take. */
  async fill(length: number): Promise<boolean> {
    if (length > this.remaining || length > longestRead) return false;
    if (length <= this.buffered) return true;
    const wanted = Math.min(this.remaining, Math.max(length, this.#chunkLength));
    this.#spend(wanted);
    this.#chunk = await this.#source.read(this.#position, wanted);
    this.#chunkStart = this.#position;
    this.#chunkLength = Math.min(2 * this.#chunkLength, chunk.longest);
    return true;
  }

  /** The next bytes, which must be `buffered`; a view that stays as it is. */
  take(length: number): Buffer {
    // Half of what a pickle has is single bytes, and a view takes more memory than many of those.
    if (length === 1) return singleBytes[this.takeByte()] ?? noBytes;
    const start = this.#position - this.#chunkStart;
    this.#position += length;
    return length === 0 ? noBytes : this.#chunk.subarray(start, start + length);
  }

  /** The next bytes, as many as that has and `buffered`, into a buffer that is used again. */
  takeInto(buffer: Buffer): Buffer {
    const start = this.#position - this.#chunkStart;
    for (let index = 0; index < buffer.length; index += 1)
      buffer[index] = this.#chunk[start + index] as number;
    this.#position += buffer.length;
    return buffer;
  }

  /** As {@link take}, without moving on. */
  peek(length: number): Buffer {
    const start = this.#position - this.#chunkStart;
    return this.#chunk.subarray(start, start + length);
  }

  /** The next byte, which must be `buffered`. */
  takeByte(): number {
    const byte = this.#chunk.readUInt8(this.#position - this.#chunkStart);
    this.#position += 1;
    return byte;
  }

  /** The next little-endian number of up to six bytes, which must be `buffered`. */
  takeNumber(width: number): number {
    const number = this.#chunk.readUIntLE(this.#position - this.#chunkStart, width);
    this.#position += width;
    return number;
  }

  /** How far the next such byte is among those `buffered`; negative when there is none. */
  findBuffered(byte: number, from = 0): number {
    const start = this.#position - this.#chunkStart;
    return this.buffered === 0 ? -1 : this.#chunk.indexOf(byte, start + from) - start;
  }

  /** Moves on without reading; false, and no move, when fewer bytes are left. */
  skip(length: number): boolean {
    if (length > this.remaining) return false;
    if (length > this.buffered) this.#chunkLength = chunk.shortest;
    this.#position += length;
    return true;
  }

  #spend(bytes: number): void {
    this.#budget -= bytes;
    if (this.#budget < 0) throw new LimitReached('it has more parts than are looked at');
  }
}

/**
 * An unsigned 64-bit little-endian number. Beyond 2^53 it is only nearly right, which is enough: it is then larger
 * than any file, and is compared with one before it is used.
 */
export function readCount(bytes: Buffer, offset: number): number {
  return Number(bytes.readBigUInt64LE(offset));
}
