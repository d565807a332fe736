import { rule } from '../damage.ts';
import { positionalSource, type Source } from '../source.ts';

/** The packed varints of a tensor: so many bytes of the file for so many elements, each of `itemSize` bytes once unpacked. */
export interface PackedElements {
  start: number;
  length: number;
  elements: number;
  itemSize: number;
}

/**
 * Elements that stand as packed varints, as they would stand in `raw_data`: unpacked when they are first read.
 * @throws Damage, when it is read, unless there are just as many
 */
export function openVarints(source: Source, packed: PackedElements): Source {
  let unpacked: Promise<Buffer> | null = null;
  const unpack = async () => unpackVarints(await source.read(packed.start, packed.length), packed);
  return positionalSource(source.name, packed.elements * packed.itemSize, async (offset, length) => {
    unpacked ??= unpack();
    return (await unpacked).subarray(offset, offset + length);
  });
}

function unpackVarints(bytes: Buffer, { elements, itemSize }: PackedElements): Buffer {
  const unpacked = Buffer.alloc(elements * itemSize);
  const words = Buffer.alloc(8);
  let at = 0;
  for (let index = 0; index < elements; index += 1) {
    at = readWords(bytes, at, words);
    words.copy(unpacked, index * itemSize, 0, itemSize);
  }
  rule(at === bytes.length, 'its packed elements are more than its shape asks for');
  return unpacked;
}

/** All 64 bits of the varint at `at`, little-endian: a number would keep 53 of them. Where the next one begins. */
export function readWords(bytes: Buffer, at: number, words: Buffer): number {
  let [low, high, shift, next] = [0, 0, 0, at];
  for (let more = true; more; shift += 7) {
    const byte = bytes[next];
    rule(byte !== undefined && shift < 70, 'its packed elements are fewer than its shape asks for');
    const bits = byte & 0x7f;
    if (shift < 32) low |= bits << shift;
    if (shift > 28) high |= bits << (shift - 32);
    if (shift === 28) high |= bits >> 4;
    more = byte >= 0x80;
    next += 1;
  }
  words.writeInt32LE(low, 0);
  words.writeInt32LE(high, 4);
  return next;
}
