import { ByteReader } from '../byte-reader.ts';
import { rule } from '../damage.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';

/** Trees of flax have thousands of values: what has more is not looked at to its end. In bytes. */
const budget = 16 * 1024 * 1024;

/** What follows a first byte: a length of so many bytes, and whether it counts bytes, values, or pairs; `more` bytes come beside them. */
interface Counted {
  width: 1 | 2 | 4;
  of: 'bytes' | 'values' | 'pairs';
  more?: number;
}

const counted: ReadonlyMap<number, Counted> = new Map<number, Counted>([
  [0xc4, { width: 1, of: 'bytes' }],
  [0xc5, { width: 2, of: 'bytes' }],
  [0xc6, { width: 4, of: 'bytes' }],
  [0xc7, { width: 1, of: 'bytes', more: 1 }],
  [0xc8, { width: 2, of: 'bytes', more: 1 }],
  [0xc9, { width: 4, of: 'bytes', more: 1 }],
  [0xd9, { width: 1, of: 'bytes' }],
  [0xda, { width: 2, of: 'bytes' }],
  [0xdb, { width: 4, of: 'bytes' }],
  [0xdc, { width: 2, of: 'values' }],
  [0xdd, { width: 4, of: 'values' }],
  [0xde, { width: 2, of: 'pairs' }],
  [0xdf, { width: 4, of: 'pairs' }],
]);

/** Bytes after a first byte of 0xca to 0xd8: floats, unsigned and signed numbers, then extensions of a fixed length with their type. */
const fixed = [4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17];

/** Whole: one value, with all that it promises, and nothing after it. msgpack/spec.md */
export async function checkMsgpack(source: Source, recognised: FormatName): Promise<Structure> {
  const reader = new ByteReader(source, 0, source.size, budget);
  for (let left = 1; left > 0; left -= 1) left += await passValue(reader);
  const rest = reader.remaining;
  rule(rest === 0, () => `${formatCount(rest)} bytes were added at its end`);
  return whole(recognised);
}

/** Moves on behind the head of a value, and its bytes. @returns how many values are in it */
async function passValue(reader: ByteReader): Promise<number> {
  const byte = await takeNumber(reader, 1);
  if (byte <= 0x7f || byte >= 0xe0) return 0;
  if (byte <= 0x8f) return 2 * (byte & 0x0f);
  if (byte <= 0x9f) return byte & 0x0f;
  const head = counted.get(byte);
  if (head) return passCounted(reader, head);
  pass(reader, byte <= 0xbf ? byte & 0x1f : (fixed[byte - 0xca] ?? 0));
  return 0;
}

async function passCounted(reader: ByteReader, { width, of, more = 0 }: Counted): Promise<number> {
  const count = await takeNumber(reader, width);
  if (of !== 'bytes') return of === 'pairs' ? 2 * count : count;
  pass(reader, count + more);
  return 0;
}

/** A big-endian number. */
async function takeNumber(reader: ByteReader, width: number): Promise<number> {
  rule(await reader.fill(width), cutOff);
  return reader.take(width).readUIntBE(0, width);
}

function pass(reader: ByteReader, length: number): void {
  rule(reader.skip(length), cutOff);
}

const cutOff = 'the end of the file is missing: it promises more values than it has';
