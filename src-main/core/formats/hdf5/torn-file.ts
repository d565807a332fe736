import { readCount } from '../byte-reader.ts';
import { Damage } from '../damage.ts';
import { longestRead, type Source } from '../source.ts';
import { findSuperblock } from './find-superblock.ts';

/** What is read, and what is taken of it, of one file: real ones take a few parts for each dataset. */
const most = { parts: 300_000, bytes: 64 * 1024 * 1024 };
const smallFile = 64 * 1024;

/** An HDF5 file whose end is missing, which its library opens none of: what is there is read here. Addresses are counted from its base. */
export class TornFile {
  /** Where its top group is described. */
  readonly root: number;
  readonly #source: Source;
  readonly #base: number;
  #parts = most.parts;
  #bytes: number;

  private constructor(source: Source, base: number, root: number) {
    this.#source = source;
    this.#base = base;
    this.#bytes = smallFile + Math.min(8 * source.size, most.bytes);
    this.root = root;
  }

  /** Null for one whose superblock is none that is read. HDF5 File Format Specification, II.A */
  static async open(source: Source): Promise<TornFile | null> {
    const start = (await findSuperblock(source)) ?? 0;
    const superblock = await source.read(start, Math.min(source.size - start, longestSuperblock));
    const version = numberAt(superblock, 8, 1);
    const places = superblocks.get(version);
    if (!places || numberAt(superblock, places.widths, 2) !== eightEach) return null;
    const [base, root] = [numberAt(superblock, places.base, 8), numberAt(superblock, places.root, 8)];
    return Number.isSafeInteger(base) && base <= source.size ? new TornFile(source, base, root) : null;
  }

  /** Where an address is in the source, or would be. */
  startOf(address: number): number {
    return this.#base + address;
  }

  /** The bytes at an address; null where not all of them are there. @throws Damage where there is no end to them */
  async read(address: number, length: number): Promise<Buffer | null> {
    const start = this.startOf(address);
    const isThere = start + length <= this.#source.size && length <= longestRead;
    return isThere ? this.#take(start, length) : null;
  }

  /** As many of them as are there. @throws Damage as {@link read} */
  async readSome(address: number, length: number): Promise<Buffer> {
    const there = Math.min(length, this.#source.size - this.#base - address, longestRead);
    return there > 0 ? this.#take(this.#base + address, there) : Buffer.alloc(0);
  }

  /** Counts what was made of so many of its bytes. @throws Damage where that is more than anybody writes */
  spend(bytes: number): void {
    this.#parts -= 1;
    this.#bytes -= bytes;
    if (this.#parts < 0 || this.#bytes < 0)
      throw new Damage('it has more parts than are looked at', 'unknown');
  }

  #take(start: number, length: number): Promise<Buffer> {
    this.spend(length);
    return this.#source.read(start, length);
  }
}

const longestSuperblock = 96;
/** Addresses and lengths of eight bytes, which all files have that anybody writes. */
const eightEach = 0x0808;

/** By version, where the superblock says how wide its numbers are, its base, and where its top group is described. */
const superblocks: ReadonlyMap<number, { widths: number; base: number; root: number }> = new Map([
  [0, { widths: 13, base: 24, root: 64 }],
  [1, { widths: 13, base: 28, root: 68 }],
  [2, { widths: 9, base: 12, root: 36 }],
  [3, { widths: 9, base: 12, root: 36 }],
]);

/** A little-endian number of so many bytes; NaN where they are not there. */
export function numberAt(bytes: Buffer, at: number, width: number): number {
  if (at + width > bytes.length) return Number.NaN;
  return width === 8 ? readCount(bytes, at) : bytes.readUIntLE(at, width);
}

export function isMarked(bytes: Buffer | null, mark: string): bytes is Buffer {
  return bytes?.toString('latin1', 0, mark.length) === mark;
}
