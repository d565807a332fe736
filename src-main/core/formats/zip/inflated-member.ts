import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { Damage, rule } from '../damage.ts';
import { plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { hasChecksum } from './member-checksums.ts';
import type { PackedMember } from './read-archive.ts';
import { describeOther } from './recorded-of.ts';

/** Packed bytes that are read at a time, and unpacked ones that are made at a time. */
const [packedPiece, unpackedPiece] = [64 * 1024, 256 * 1024];

/**
 * A packed member that is read from front to back without ever being in memory whole. Whoever goes back further than the last piece has it unpacked
 * from its beginning again. Reads that are asked for at once are done one after the other.
 */
export class InflatedMember {
  readonly #source: Source;
  readonly #member: PackedMember;
  readonly #onBegin: () => void;
  #pieces: AsyncIterator<Buffer> | null = null;
  /** The last piece, and where it begins. */
  #held = Buffer.alloc(0);
  #at = 0;
  #checksum = 0;
  #lane: Promise<unknown> = Promise.resolve();

  /** @param onBegin before it is unpacked, each time; what it throws keeps it from that */
  constructor(source: Source, member: PackedMember, onBegin: () => void) {
    this.#source = source;
    this.#member = member;
    this.#onBegin = onBegin;
  }

  /** @throws Damage where its bytes are not to be had: at its end, where they are other ones than the archive says */
  read(offset: number, length: number): Promise<Buffer> {
    const bytes = this.#lane.then(() => this.#read(offset, length));
    this.#lane = bytes.catch(() => {});
    return bytes;
  }

  /** Lets go of what unpacks it, once all reads are done. A read after that begins again. */
  close(): void {
    this.#lane = this.#lane.then(() => this.#end()).catch(() => {});
  }

  async #read(offset: number, length: number): Promise<Buffer> {
    if (!this.#pieces || offset < this.#at) await this.#begin();
    const bytes = Buffer.allocUnsafe(length);
    for (let filled = 0; filled < length; ) {
      const skipped = offset + filled - this.#at;
      if (skipped < this.#held.length) filled += this.#held.copy(bytes, filled, skipped);
      else await this.#goOn();
    }
    if (offset + length === this.#member.size) await this.#checkEnd();
    return bytes;
  }

  async #begin(): Promise<void> {
    await this.#end();
    this.#onBegin();
    [this.#held, this.#at, this.#checksum] = [Buffer.alloc(0), 0, 0];
    this.#pieces = unpackPieces(this.#source, this.#member);
  }

  async #end(): Promise<void> {
    await this.#pieces?.return?.();
    this.#pieces = null;
  }

  async #goOn(): Promise<void> {
    const { value } = (await this.#pieces?.next()) ?? {};
    this.#at += this.#held.length;
    this.#held = value ?? Buffer.alloc(0);
    this.#checksum = crc32(this.#held, this.#checksum);
    const end = this.#at + this.#held.length;
    rule(value !== undefined && end <= this.#member.size, () => ofOtherSize(this.#member));
  }

  async #checkEnd(): Promise<void> {
    const { done } = (await this.#pieces?.next()) ?? {};
    rule(done === true, () => ofOtherSize(this.#member));
    const isRight = !hasChecksum(this.#member) || this.#checksum === this.#member.crc32;
    rule(isRight, () => describeOther(this.#member.name));
  }
}

const ofOtherSize = ({ name }: PackedMember) =>
  `${plainName(name)}: it unpacks to another size than the directory says`;

async function* unpackPieces(source: Source, member: PackedMember): AsyncGenerator<Buffer, undefined> {
  const packed = Readable.from(packedPieces(source, member));
  const inflate = createInflateRaw({ chunkSize: unpackedPiece });
  packed.on('error', (error) => inflate.destroy(error));
  packed.pipe(inflate);
  try {
    yield* inflate;
  } catch (error) {
    throw isOfZlib(error) ? new Damage(`${plainName(member.name)}: its compressed data is damaged`) : error;
  } finally {
    packed.destroy();
    inflate.destroy();
  }
}

/** Errors of zlib have a number of its own. */
const isOfZlib = (error: unknown) =>
  error instanceof Error && 'code' in error && `${error.code}`.startsWith('Z_');

async function* packedPieces(
  source: Source,
  { dataOffset, compressedSize }: PackedMember,
): AsyncGenerator<Buffer> {
  for (let at = 0; at < compressedSize; at += packedPiece)
    yield await source.read(dataOffset + at, Math.min(packedPiece, compressedSize - at));
}
