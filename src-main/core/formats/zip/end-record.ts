import { readCount } from '../byte-reader.ts';
import { Damage, rule } from '../damage.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';

/** Where a zip's directory is. APPNOTE.TXT 4.3.14 to 4.3.16. */
export interface EndRecord {
  memberCount: number;
  directoryOffset: number;
  directorySize: number;
  /** Where the records after the directory begin, at the latest. */
  position: number;
}

const recordLength = 22;
const longestComment = 0xffff;
const signature = Buffer.from('PK\x05\x06', 'latin1');
const locatorLength = 20;
const locatorSignature = 0x07064b50;
const zip64Length = 56;
const zip64Signature = 0x06064b50;

/** Finds the end record whose comment ends exactly at the end of the file, and follows it to the zip64 one. */
export async function readEndRecord(source: Source): Promise<EndRecord> {
  // Most archives have no comment: their record is in the last bytes, and 64 KiB need not be read.
  for (const length of [1024, recordLength + longestComment]) {
    const start = Math.max(0, source.size - length);
    const tail = await source.read(start, source.size - start);
    const index = findRecord(tail);
    if (index >= 0) return readRecord(source, tail.subarray(index), start + index);
    if (start === 0 || length > 1024) throw missingEnd(source, tail, start);
  }
  throw new Damage('the end of the archive is missing');
}

function findRecord(tail: Buffer): number {
  return findLast(tail, (index) => index + recordLength + tail.readUInt16LE(index + 20) === tail.length);
}

function findLast(tail: Buffer, fits: (index: number) => boolean): number {
  let index = tail.length - recordLength;
  while (index >= 0) {
    index = tail.lastIndexOf(signature, index);
    if (index < 0 || fits(index)) return index;
    index -= 1;
  }
  return -1;
}

async function readRecord(source: Source, record: Buffer, position: number): Promise<EndRecord> {
  const end = {
    memberCount: record.readUInt16LE(10),
    directorySize: record.readUInt32LE(12),
    directoryOffset: record.readUInt32LE(16),
    position,
  };
  const overflows =
    end.memberCount === 0xffff || end.directorySize === 0xffffffff || end.directoryOffset === 0xffffffff;
  return (overflows && (await readZip64Record(source, position))) || end;
}

async function readZip64Record(source: Source, endPosition: number): Promise<EndRecord | null> {
  const locatorPosition = endPosition - locatorLength;
  if (locatorPosition < 0) return null;
  const locator = await source.read(locatorPosition, locatorLength);
  if (locator.readUInt32LE(0) !== locatorSignature) return null;
  const position = readCount(locator, 8);
  rule(position + zip64Length <= locatorPosition, 'the zip64 end record is not where it should be');
  const record = await source.read(position, zip64Length);
  rule(record.readUInt32LE(0) === zip64Signature, 'the zip64 end record is not where it should be');
  return {
    memberCount: readCount(record, 32),
    directorySize: readCount(record, 40),
    directoryOffset: readCount(record, 48),
    position,
  };
}

/** Says what is there instead of an end record: zeros, something appended, or simply too few bytes. */
function missingEnd(source: Source, tail: Buffer, tailStart: number): Damage {
  const size = `${formatCount(source.size)} bytes`;
  if (tail.subarray(-512).every((byte) => byte === 0)) {
    return new Damage(`${size}, but the end of the archive is zeros: it was never written to the disk`);
  }
  const last = findLast(tail, (index) => followsItsDirectory(tail, index, tailStart + index));
  if (last < 0) return new Damage(`${size}: the end of the archive is missing`);
  const extra = tail.length - last - recordLength - tail.readUInt16LE(last + 20);
  return extra > 0
    ? new Damage(`${size}: the last ${formatCount(extra)} are not of the archive, which ends before them`)
    : new Damage(`${size}: the last ${formatCount(-extra)} bytes of the archive's comment are missing`);
}

function followsItsDirectory(tail: Buffer, index: number, position: number): boolean {
  return tail.readUInt32LE(index + 12) + tail.readUInt32LE(index + 16) === position;
}
