import { ByteReader, readCount } from '../byte-reader.ts';
import { LimitReached, rule } from '../damage.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import type { EndRecord } from './end-record.ts';

/** One entry of the central directory. APPNOTE.TXT 4.3.12. Sizes and offsets are in bytes. */
export interface DirectoryEntry {
  name: string;
  /** Each byte a character. */
  rawName: string;
  /** 0 stored, 8 deflated. */
  method: number;
  isEncrypted: boolean;
  crc32: number;
  compressedSize: number;
  size: number;
  headerOffset: number;
}

const entryLength = 46;
const entrySignature = 0x02014b50;

/** The longest directory that is looked at. Real ones are a few kilobytes. */
export const most = { members: 100_000, bytes: 64 * 1024 * 1024 };

/** The directory, entry by entry, held to the count and length that the end record gives. */
export async function readDirectory(source: Source, end: EndRecord): Promise<DirectoryEntry[]> {
  const { directoryOffset, directorySize, memberCount } = end;
  rule(
    directoryOffset + directorySize <= end.position,
    'the directory of the archive is not inside the file',
  );
  if (memberCount > most.members || directorySize > most.bytes) {
    throw new LimitReached(`the archive lists ${formatCount(memberCount)} members, more than are looked at`);
  }
  const reader = new ByteReader(source, directoryOffset, directoryOffset + directorySize, 2 * most.bytes);
  const entries: DirectoryEntry[] = [];
  while (reader.remaining > 0) entries.push(readEntry(await takeEntry(reader, entries.length)));
  rule(
    entries.length === memberCount,
    () =>
      `the directory of the archive has ${formatCount(entries.length)} members, its end record says ${formatCount(memberCount)}`,
  );
  return entries;
}

/** The bytes of the next entry. What is in memory already is not waited for: there may be hundreds of thousands. */
async function takeEntry(reader: ByteReader, index: number): Promise<Buffer> {
  const broken = () => `the directory of the archive is broken at member ${formatCount(index + 1)}`;
  if (reader.buffered < entryLength) rule(await reader.fill(entryLength), broken);
  const fixed = reader.peek(entryLength);
  rule(fixed.readUInt32LE(0) === entrySignature, broken);
  const length = entryLength + fixed.readUInt16LE(28) + fixed.readUInt16LE(30) + fixed.readUInt16LE(32);
  if (reader.buffered < length) rule(await reader.fill(length), broken);
  return reader.take(length);
}

function readEntry(bytes: Buffer): DirectoryEntry {
  const nameEnd = entryLength + bytes.readUInt16LE(28);
  const { name, rawName } = readName(bytes, entryLength, nameEnd);
  const wide = wideNumbers(bytes, nameEnd, nameEnd + bytes.readUInt16LE(30));
  return {
    name,
    rawName,
    method: bytes.readUInt16LE(10),
    isEncrypted: (bytes.readUInt16LE(8) & 1) === 1,
    crc32: bytes.readUInt32LE(16),
    compressedSize: wide.compressedSize,
    size: wide.size,
    headerOffset: wide.headerOffset,
  };
}

/** A member's name, and its bytes. Most are ASCII, which is the same in both and kept once. */
export function readName(
  bytes: Buffer,
  start: number,
  end: number,
): Pick<DirectoryEntry, 'name' | 'rawName'> {
  const rawName = bytes.toString('latin1', start, end);
  return { name: beyondAscii.test(rawName) ? bytes.toString('utf8', start, end) : rawName, rawName };
}

const beyondAscii = /[\x80-\xff]/;

/** Sizes and offset; each that is all ones stands in the zip64 field instead, in this order. APPNOTE.TXT 4.5.3. */
function wideNumbers(bytes: Buffer, extraStart: number, extraEnd: number) {
  const [fieldStart, end] = zip64Field(bytes, extraStart, extraEnd);
  let next = fieldStart;
  const read = (at: number): number => {
    const narrow = bytes.readUInt32LE(at);
    if (narrow !== 0xffffffff || next + 8 > end) return narrow;
    next += 8;
    return readCount(bytes, next - 8);
  };
  const size = read(24);
  const compressedSize = read(20);
  const headerOffset = read(42);
  return { size, compressedSize, headerOffset };
}

/** Where it begins and ends; nowhere where there is none. */
function zip64Field(bytes: Buffer, start: number, extraEnd: number): [start: number, end: number] {
  let at = start;
  while (at + 4 <= extraEnd) {
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (bytes.readUInt16LE(at) === 1) return [at + 4, Math.min(end, extraEnd)];
    at = end;
  }
  return [0, 0];
}
