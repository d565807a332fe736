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

/** Something that is wrong with an archive although its members can be found; `hides`: other readers may find other members. */
export interface Oddity {
  problem: string;
  hides: boolean;
}

export type Report = (oddity: Oddity) => void;

const recordLength = 22;
/** With the longest comment, and as much further back as PyTorch looks for the record. */
const longestEnd = recordLength + 0xffff + 4096;
const signature = Buffer.from('PK\x05\x06', 'latin1');
const locatorLength = 20;
const locatorSignature = 0x07064b50;
const zip64Length = 56;
const zip64Signature = 0x06064b50;

/**
 * Finds the last end record, as PyTorch and Python do: what follows it, or that less follows than its comment has, is told.
 * @throws Damage where there is none
 */
export async function readEndRecord(source: Source, report: Report): Promise<EndRecord> {
  // Most archives have no comment: their record is in the last bytes, and more need not be read.
  for (const length of [1024, longestEnd]) {
    const start = Math.max(0, source.size - length);
    const tail = await source.read(start, source.size - start);
    const index = tail.lastIndexOf(signature, tail.length - recordLength);
    if (index >= 0 && tail.length >= recordLength)
      return followRecord(source, { tail, index, position: start + index }, report);
    if (start === 0 || length > 1024) throw new Damage(explainMissing(source, tail));
  }
  throw new Damage('the end of the archive is missing');
}

/** Where in a file its last record begins, and the bytes from somewhere before it to the end. */
interface Found {
  tail: Buffer;
  index: number;
  position: number;
}

/** Whether an archive ends in a file that does not begin as one: PyTorch's `jit` and Python's `zipfile` would open it. */
export async function endsAsArchive(source: Source): Promise<boolean> {
  const length = Math.min(source.size, longestEnd);
  const tail = await source.read(source.size - length, length);
  return tail.length >= recordLength && tail.lastIndexOf(signature, tail.length - recordLength) >= 0;
}

async function followRecord(source: Source, found: Found, report: Report): Promise<EndRecord> {
  const { tail, index } = found;
  const extra = tail.length - index - recordLength - tail.readUInt16LE(index + 20);
  const end = await readRecordBefore(source, found, extra);
  const explain = () => (followsDirectory(end) ? explainExtra(source, extra) : explainMissing(source, tail));
  if (extra !== 0) report({ problem: explain(), hides: false });
  return end;
}

/** Where its large form cannot be followed and more or less than its comment comes after it, it most likely is of an archive inside this one. */
async function readRecordBefore(
  source: Source,
  { tail, index, position }: Found,
  extra: number,
): Promise<EndRecord> {
  try {
    return await readRecord(source, tail.subarray(index), position);
  } catch (error) {
    throw error instanceof Damage && extra !== 0 ? new Damage(explainMissing(source, tail)) : error;
  }
}

/** PyTorch goes by where the directory is said to begin, Python by where it must end: the same, but for tricks. */
export function followsDirectory({ directoryOffset, directorySize, position }: EndRecord): boolean {
  return directoryOffset + directorySize === position;
}

async function readRecord(source: Source, record: Buffer, position: number): Promise<EndRecord> {
  const end = {
    memberCount: record.readUInt16LE(10),
    directorySize: record.readUInt32LE(12),
    directoryOffset: record.readUInt32LE(16),
    position,
  };
  return (await readZip64Record(source, position)) ?? end;
}

/** Where its locator is there, it counts, whatever the record itself says: PyTorch and Python take it so. */
async function readZip64Record(source: Source, endPosition: number): Promise<EndRecord | null> {
  const locatorPosition = endPosition - locatorLength;
  if (locatorPosition < 0) return null;
  const locator = await source.read(locatorPosition, locatorLength);
  if (locator.readUInt32LE(0) !== locatorSignature) return null;
  const position = readCount(locator, 8);
  // Python does not look where the locator points, but right before it.
  rule(position + zip64Length === locatorPosition, 'the zip64 end record is not where it should be');
  const record = await source.read(position, zip64Length);
  rule(record.readUInt32LE(0) === zip64Signature, 'the zip64 end record is not where it should be');
  return {
    memberCount: readCount(record, 32),
    directorySize: readCount(record, 40),
    directoryOffset: readCount(record, 48),
    position,
  };
}

/** What is there instead of an end record: zeros, which may be those of a tensor, or simply too few bytes. */
function explainMissing(source: Source, tail: Buffer): string {
  const size = `${formatCount(source.size)} bytes`;
  return tail.subarray(-512).every((byte) => byte === 0)
    ? `${size}, but where the archive should end are zeros: it was cut off, or its end was never written to the disk`
    : `${size}: the end of the archive is missing`;
}

function explainExtra(source: Source, extra: number): string {
  const size = `${formatCount(source.size)} bytes`;
  return extra > 0
    ? `${size}: the last ${formatCount(extra)} are not of the archive, which ends before them`
    : `${size}: the last ${formatCount(-extra)} bytes of the archive's comment are missing`;
}
