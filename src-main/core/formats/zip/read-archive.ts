import { ByteReader } from '../byte-reader.ts';
import { Damage, rule } from '../damage.ts';
import { plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { type DirectoryEntry, most, readDirectory } from './directory.ts';
import { readEndRecord } from './end-record.ts';

export interface Member extends DirectoryEntry {
  /** Where its bytes are in the file: `compressedSize` of them. */
  dataOffset: number;
}

const headerLength = 30;
const headerSignature = 0x04034b50;

/** Told what of an archive is wrong although its members can be found. */
type Report = (problem: string) => void;

const refuse: Report = (problem) => {
  throw new Damage(problem);
};

/**
 * All members of a zip in the order of their bytes, each with its own header found where the directory says, under the
 * same name, its bytes inside the file and overlapping nothing. Reads the directory and the headers, never a member.
 * With `report` another name in its own header is told and not refused: PyTorch goes by the directory alone.
 */
export async function readArchive(source: Source, report = refuse): Promise<Member[]> {
  const end = await readEndRecord(source);
  const entries = await readDirectory(source, end);
  entries.sort((a, b) => a.headerOffset - b.headerOffset);
  const reader = new ByteReader(source, 0, end.directoryOffset, 4 * most.bytes);
  const members: Member[] = [];
  for (const [index, entry] of entries.entries()) {
    const limit = entries[index + 1]?.headerOffset ?? end.directoryOffset;
    members.push(await readMember(reader, entry, Math.min(limit, end.directoryOffset), report));
  }
  return members;
}

/** The reader must not be beyond the member's header yet. */
async function readMember(
  reader: ByteReader,
  entry: DirectoryEntry,
  limit: number,
  report: Report,
): Promise<Member> {
  const name = plainName(entry.name);
  const outside = () => `${name}: its place is not inside the archive, or overlaps another member`;
  rule(entry.headerOffset + headerLength <= limit, outside);
  const length = headerLength + entry.rawName.length;
  reader.skip(entry.headerOffset - reader.position);
  await reader.fill(Math.min(length, limit - entry.headerOffset));
  const header = reader.take(Math.min(length, limit - entry.headerOffset));
  rule(header.readUInt32LE(0) === headerSignature, `${name}: its header is not where the directory says`);
  const ownName = header.subarray(headerLength);
  const nameLength = header.readUInt16LE(26);
  const sameName = nameLength === entry.rawName.length && ownName.equals(entry.rawName);
  if (!sameName) report(`${name}: its own header has another name than the directory`);
  // Torch pads members by an extra field that is in the local header alone.
  const dataOffset = entry.headerOffset + headerLength + nameLength + header.readUInt16LE(28);
  rule(dataOffset + entry.compressedSize <= limit, outside);
  const sizesAgree = entry.method !== 0 || entry.isEncrypted || entry.size === entry.compressedSize;
  rule(sizesAgree, `${name}: it is stored as it is, but its two sizes differ`);
  return Object.assign(entry, { dataOffset });
}
