import { readCount } from '../byte-reader.ts';
import type { Source } from '../source.ts';
import type { Member } from './read-archive.ts';

/** A member of an archive whose end is missing; the file may end inside it, so that fewer bytes are there than it has. */
export interface RecoveredMember extends Member {
  /** How many of its bytes are not in the file. */
  missing: number;
}

/** Tells the size of a member whose own header does not; null when it cannot. */
export type TellSize = (name: string, dataOffset: number) => Promise<number | null>;

const headerLength = 30;
const headerSignature = Buffer.from('PK\x03\x04', 'latin1');
const descriptorSignature = Buffer.from('PK\x07\x08', 'latin1');
/** With and without a signature, in 32 and in 64 bits. APPNOTE.TXT 4.3.9 */
const descriptorLengths = [16, 24, 12, 20];
const most = { members: 20_000, searched: 16 * 1024 };

/**
 * The members at the start of a torn archive, by their own headers, one after the other, as far as those can be
 * followed: a header often leaves the size to a descriptor after the data.
 */
export async function* recoverMembers(source: Source, tellSize: TellSize): AsyncGenerator<RecoveredMember> {
  let position: number | null = 0;
  for (let count = 0; position !== null && count < most.members; count += 1) {
    const header = await readHeader(source, position);
    if (!header) return;
    const size =
      header.size ?? (await tellSize(header.name, header.dataOffset)) ?? (await search(source, header));
    if (size === null) return;
    const end = header.dataOffset + size;
    yield memberOf(header, size, source.size);
    position = await findNext(source, end, header.size === null);
  }
}

function memberOf({ unpackedSize, ...header }: Header, packed: number, end: number): RecoveredMember {
  const held = Math.min(packed, end - header.dataOffset);
  const size = header.method === 0 ? packed : unpackedSize;
  return { ...header, size, compressedSize: held, missing: packed - held };
}

type Header = Omit<Member, 'size' | 'compressedSize'> & { size: number | null; unpackedSize: number };

async function readHeader(source: Source, position: number): Promise<Header | null> {
  if (position + headerLength > source.size) return null;
  const fixed = await source.read(position, headerLength);
  if (!fixed.subarray(0, 4).equals(headerSignature)) return null;
  const [nameLength, extraLength] = [fixed.readUInt16LE(26), fixed.readUInt16LE(28)];
  const dataOffset = position + headerLength + nameLength + extraLength;
  if (dataOffset > source.size) return null;
  const variable = await source.read(position + headerLength, nameLength + extraLength);
  const rawName = variable.subarray(0, nameLength);
  const method = fixed.readUInt16LE(8);
  const flags = fixed.readUInt16LE(6);
  return {
    name: rawName.toString('utf8'),
    rawName,
    method,
    isEncrypted: (flags & 1) === 1,
    crc32: fixed.readUInt32LE(14),
    headerOffset: position,
    dataOffset,
    unpackedSize: fixed.readUInt32LE(22),
    size: (flags & 8) === 8 && method === 0 ? null : packedSize(fixed, variable.subarray(nameLength)),
  };
}

/** In the zip64 field, which a local header has for both sizes or for none, when it is all ones. */
function packedSize(fixed: Buffer, extra: Buffer): number {
  const narrow = fixed.readUInt32LE(18);
  const isWide = narrow === 0xffffffff && extra.length >= 20 && extra.readUInt16LE(0) === 1;
  return isWide ? readCount(extra, 12) : narrow;
}

/** A size by the descriptor that has it, right after so many bytes; of short members alone. */
async function search(source: Source, { dataOffset }: Header): Promise<number | null> {
  const bytes = await source.read(dataOffset, Math.min(most.searched, source.size - dataOffset));
  let at = bytes.indexOf(descriptorSignature);
  while (at >= 0 && at + 12 <= bytes.length) {
    if (bytes.readUInt32LE(at + 8) === at) return at;
    at = bytes.indexOf(descriptorSignature, at + 1);
  }
  return null;
}

async function findNext(source: Source, end: number, hasDescriptor: boolean): Promise<number | null> {
  if (end >= source.size) return null;
  if (!hasDescriptor) return end;
  const bytes = await source.read(end, Math.min(32, source.size - end));
  const length = descriptorLengths.find((skip) => bytes.subarray(skip, skip + 4).equals(headerSignature));
  return length === undefined ? null : end + length;
}
