import { ByteReader, readCount } from '../byte-reader.ts';
import { Damage, rule } from '../damage.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import type { EndRecord } from './end-record.ts';

/** One entry of the central directory. APPNOTE.TXT 4.3.12. Sizes and offsets are in bytes. */
export interface DirectoryEntry {
  name: string;
  rawName: Buffer;
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
export const most = { members: 200_000, bytes: 64 * 1024 * 1024 };

/** The directory, entry by entry, held to the count and length that the end record gives. */
export async function readDirectory(source: Source, end: EndRecord): Promise<DirectoryEntry[]> {
  const { directoryOffset, directorySize, memberCount } = end;
  rule(
    directoryOffset + directorySize <= end.position,
    'the directory of the archive is not inside the file',
  );
  if (memberCount > most.members || directorySize > most.bytes) {
    throw new Damage(
      `the archive lists ${formatCount(memberCount)} members, more than are looked at`,
      'unknown',
    );
  }
  const reader = new ByteReader(source, directoryOffset, directoryOffset + directorySize, 2 * most.bytes);
  const entries: DirectoryEntry[] = [];
  while (reader.remaining > 0) entries.push(await readEntry(reader, entries.length));
  rule(
    entries.length === memberCount,
    () =>
      `the directory of the archive has ${formatCount(entries.length)} members, its end record says ${formatCount(memberCount)}`,
  );
  return entries;
}

async function readEntry(reader: ByteReader, index: number): Promise<DirectoryEntry> {
  const broken = () => `the directory of the archive is broken at member ${formatCount(index + 1)}`;
  rule(await reader.fill(entryLength), broken);
  const fixed = Buffer.from(reader.take(entryLength));
  rule(fixed.readUInt32LE(0) === entrySignature, broken);
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) => fixed.readUInt16LE(at)) as [
    number,
    number,
    number,
  ];
  rule(await reader.fill(nameLength + extraLength + commentLength), broken);
  const rawName = Buffer.from(reader.take(nameLength));
  const extra = reader.take(extraLength);
  reader.skip(commentLength);
  const wide = wideNumbers(fixed, extra);
  return {
    name: rawName.toString('utf8'),
    rawName,
    method: fixed.readUInt16LE(10),
    isEncrypted: (fixed.readUInt16LE(8) & 1) === 1,
    crc32: fixed.readUInt32LE(16),
    ...wide,
  };
}

/** Sizes and offset; each that is all ones stands in the zip64 field instead, in this order. APPNOTE.TXT 4.5.3. */
function wideNumbers(fixed: Buffer, extra: Buffer) {
  const wide = zip64Field(extra);
  let next = 0;
  const read = (at: number): number => {
    const narrow = fixed.readUInt32LE(at);
    if (narrow !== 0xffffffff || next + 8 > wide.length) return narrow;
    next += 8;
    return readCount(wide, next - 8);
  };
  const size = read(24);
  const compressedSize = read(20);
  const headerOffset = read(42);
  return { size, compressedSize, headerOffset };
}

function zip64Field(extra: Buffer): Buffer {
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) return extra.subarray(at + 4, end);
    at = end;
  }
  return Buffer.alloc(0);
}
