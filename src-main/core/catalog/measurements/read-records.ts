import { ByteReader, readCount } from '../../formats/byte-reader.ts';
import { rule } from '../../formats/damage.ts';
import { formatCount } from '../../formats/plain-text.ts';
import type { Source } from '../../formats/source.ts';
import { maskedCrc32c } from './crc32c.ts';

const limits = {
  /** What is larger holds no number, but a picture or a graph, and is passed over; in bytes. */
  record: 256 * 1024,
  file: 4 * 1024 * 1024 * 1024,
  /** Of what is not passed over; in bytes. */
  read: 256 * 1024 * 1024,
};

/** Where a reading came to, in bytes; `why` it was not to the end, in a sentence: the last record is not whole, or one is damaged. */
export interface RecordsEnd {
  at: number;
  why: string | null;
  /** How many bytes were read for it. */
  read: number;
}

const beginning: RecordsEnd = { at: 0, why: null, read: 0 };

/** Length and its checksum, and the checksum after the bytes. */
const [headLength, tailLength] = [12, 4];

/**
 * Tells the records of a TFRecord file: each a length (u64), the length's masked CRC-32C, the bytes, and theirs.
 * tensorflow/core/lib/io/record_writer.cc.
 * @param before where an earlier reading came to: what is told goes on from there
 * @throws Damage where it does not begin with a record, or is larger than is read
 */
export async function readRecords(
  source: Source,
  onRecord: (bytes: Buffer) => void,
  before: RecordsEnd = beginning,
): Promise<RecordsEnd> {
  rule(source.size <= limits.file, () => `${formatCount(source.size)} bytes are more than are read of it`);
  const read = source.bytesRead - before.read;
  const endAt = (at: number, why: string | null = null) => ({ at, why, read: source.bytesRead - read });
  const reader = new ByteReader(source, before.at, source.size, limits.read - before.read);
  while (reader.remaining > 0) {
    const start = reader.position;
    const reading = await readRecord(reader);
    if (reading.fault === 'cut')
      return endAt(
        start,
        `its last record, from byte ${formatCount(start)} on, is not whole: it is being written, or was cut off`,
      );
    if (reading.fault === 'damaged') {
      rule(start > 0, 'it does not begin with a record');
      return endAt(
        start,
        `a record at byte ${formatCount(start)} is damaged: what comes after it does not count`,
      );
    }
    if (reading.bytes) onRecord(reading.bytes);
  }
  return endAt(reader.position);
}

interface RecordReading {
  fault: 'cut' | 'damaged' | null;
  /** Null for one that is passed over. */
  bytes: Buffer | null;
}

async function readRecord(reader: ByteReader): Promise<RecordReading> {
  if (!(await has(reader, headLength))) return cut;
  const head = reader.take(headLength);
  if (maskedCrc32c(head.subarray(0, 8)) !== head.readUInt32LE(8)) return damaged;
  const length = readCount(head, 0);
  if (length + tailLength > reader.remaining) return cut;
  if (length > limits.record) {
    reader.skip(length + tailLength);
    return passedOver;
  }
  if (!(await has(reader, length + tailLength))) return cut;
  const bytes = reader.take(length);
  const isWhole = maskedCrc32c(bytes) === reader.take(tailLength).readUInt32LE(0);
  return isWhole ? { fault: null, bytes } : damaged;
}

const cut: RecordReading = { fault: 'cut', bytes: null };
const damaged: RecordReading = { fault: 'damaged', bytes: null };
const passedOver: RecordReading = { fault: null, bytes: null };

function has(reader: ByteReader, length: number): boolean | Promise<boolean> {
  return reader.buffered >= length || reader.fill(length);
}
