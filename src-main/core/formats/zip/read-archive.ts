import { ByteReader } from '../byte-reader.ts';
import { Damage, rule } from '../damage.ts';
import { plainName } from '../plain-text.ts';
import { readAhead } from '../read-ahead.ts';
import type { Source } from '../source.ts';
import { type DirectoryEntry, most, readDirectory } from './directory.ts';
import { followsDirectory, type Report, readEndRecord } from './end-record.ts';

export interface Member extends DirectoryEntry {
  /** Where its bytes are in the file: `compressedSize` of them. */
  dataOffset: number;
}

/** What unpacking it takes. */
export type PackedMember = Pick<
  Member,
  'name' | 'method' | 'isEncrypted' | 'crc32' | 'compressedSize' | 'size' | 'dataOffset'
>;

const headerLength = 30;
const headerSignature = 0x04034b50;

const refuse: Report = ({ problem }) => {
  throw new Damage(problem);
};

/**
 * All members of a zip in the order of their bytes, each with its own header found where the directory says, under the
 * same name, its bytes inside the file and overlapping nothing. Reads the directory and the headers, never a member.
 * With `report`, bytes behind its end and another name in a header are told and not refused: PyTorch goes by the directory.
 */
export async function readArchive(source: Source, report = refuse): Promise<Member[]> {
  const end = await readEndRecord(source, report);
  const entries = await readDirectory(source, end);
  if (!followsDirectory(end)) report({ problem: 'its end is not right behind its directory', hides: true });
  entries.sort((a, b) => a.headerOffset - b.headerOffset);
  const near = readAhead(source, entries.length);
  const reader = new ByteReader(near, 0, end.directoryOffset, 4 * most.bytes);
  const members: Member[] = [];
  for (const [index, entry] of entries.entries()) {
    const limit = entries[index + 1]?.headerOffset ?? end.directoryOffset;
    const start = { entry, limit: Math.min(limit, end.directoryOffset) };
    members.push(readMember(await takeHeader(reader, start), start, report));
  }
  return members;
}

/** Where a member begins, and what it must not reach beyond. */
interface Start {
  entry: DirectoryEntry;
  limit: number;
}

const outside = ({ name }: DirectoryEntry) =>
  `${plainName(name)}: its place is not inside the archive, or overlaps another member`;

/** Its own header with the name there. The reader must not be beyond it yet; what is in memory is not waited for. */
async function takeHeader(reader: ByteReader, { entry, limit }: Start): Promise<Buffer> {
  const { headerOffset, rawName } = entry;
  rule(headerOffset + headerLength <= limit, () => outside(entry));
  const length = Math.min(headerLength + rawName.length, limit - headerOffset);
  reader.skip(headerOffset - reader.position);
  if (reader.buffered < length) await reader.fill(length);
  return reader.take(length);
}

function readMember(header: Buffer, { entry, limit }: Start, report: Report): Member {
  const told = (what: string) => () => `${plainName(entry.name)}: ${what}`;
  rule(header.readUInt32LE(0) === headerSignature, told('its header is not where the directory says'));
  const nameLength = header.readUInt16LE(26);
  const sameName =
    nameLength === entry.rawName.length && header.toString('latin1', headerLength) === entry.rawName;
  if (!sameName) {
    const problem = `${plainName(entry.name)}: its own header has another name than the directory`;
    report({ problem, hides: false });
  }
  // Torch pads members by an extra field that is in the local header alone.
  const dataOffset = entry.headerOffset + headerLength + nameLength + header.readUInt16LE(28);
  rule(dataOffset + entry.compressedSize <= limit, () => outside(entry));
  const sizesAgree = entry.method !== 0 || entry.isEncrypted || entry.size === entry.compressedSize;
  rule(sizesAgree, told('it is stored as it is, but its two sizes differ'));
  return { ...entry, dataOffset };
}
