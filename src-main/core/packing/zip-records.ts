import { crc32 } from 'node:zlib';

/** Something to be stored in a zip, not packed. */
export interface ZipMember {
  name: string;
  size: number;
  chunks(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** From here on, in bytes, a size or offset does not fit its field, and stands in a wider one. APPNOTE.TXT 4.3.9 */
const wideFrom = 0xffffffff;
/** Data starts at a multiple of this, so that it can be mapped into memory. caffe2/serialize/inline_container.cc */
const alignment = 64;
/** Names in UTF-8; the checksum stands behind the data, for it is known only then. */
const flags = 0x808;

const localHeaderSize = 30;
const entrySize = 46;

/** Where a member went. */
interface Placed {
  name: Buffer;
  offset: number;
  size: number;
  crc: number;
}

/** How long the zip of these members is, in bytes. */
export function zipSize(members: readonly ZipMember[]): number {
  let [offset, directory, isWide] = [0, 0, members.length >= 0xffff];
  for (const { name, size } of members) {
    const bytes = Buffer.from(name);
    directory += entrySize + bytes.length + wideField({ name: bytes, offset, size, crc: 0 }).length;
    isWide ||= offset >= wideFrom;
    offset += localHeader(bytes, size, offset).length + size + descriptorSize(size);
  }
  isWide ||= offset >= wideFrom;
  return offset + directory + (isWide ? 76 : 0) + 22;
}

/** A zip as PyTorch writes it: stored members, aligned, in this order. @throws RangeError where a member is longer or shorter than it said */
export async function* zipChunks(members: readonly ZipMember[]): AsyncGenerator<Uint8Array> {
  let offset = 0;
  const placed: Placed[] = [];
  for (const member of members) {
    const name = Buffer.from(member.name);
    const header = localHeader(name, member.size, offset);
    yield header;
    let [crc, length] = [0, 0];
    for await (const chunk of member.chunks()) {
      crc = crc32(chunk, crc);
      length += chunk.length;
      yield chunk;
    }
    if (length !== member.size)
      throw new RangeError(`${member.name} has ${length} bytes, not ${member.size}`);
    yield descriptor(crc, member.size);
    placed.push({ name, offset, size: member.size, crc });
    offset += header.length + member.size + descriptorSize(member.size);
  }
  const directory = Buffer.concat(placed.map(entry));
  yield directory;
  yield endRecords(placed, directory.length, offset);
}

function localHeader(name: Buffer, size: number, offset: number): Buffer {
  const wide = size >= wideFrom ? record(1, u64(size), u64(size)) : Buffer.alloc(0);
  const before = offset + localHeaderSize + name.length + wide.length;
  const padding = alignment - ((before + 4) % alignment);
  const extra = Buffer.concat([wide, record(0x4246, Buffer.alloc(padding, 'Z'))]);
  const shown = Math.min(size, wideFrom);
  return Buffer.concat([
    Buffer.from('PK\x03\x04'),
    u16(size >= wideFrom ? 45 : 20),
    common,
    u32(0),
    u32(shown),
    u32(shown),
    u16(name.length),
    u16(extra.length),
    name,
    extra,
  ]);
}

/** Flags, no packing, and no time: PyTorch writes none either. */
const common = Buffer.concat([u16(flags), u16(0), u16(0), u16(0)]);

function descriptorSize(size: number): number {
  return size >= wideFrom ? 24 : 16;
}

function descriptor(crc: number, size: number): Buffer {
  const sizes = size >= wideFrom ? [u64(size), u64(size)] : [u32(size), u32(size)];
  return Buffer.concat([Buffer.from('PK\x07\x08'), u32(crc), ...sizes]);
}

function entry(member: Placed): Buffer {
  const { name, offset, size, crc } = member;
  const extra = wideField(member);
  const shown = u32(Math.min(size, wideFrom));
  return Buffer.concat([
    Buffer.from('PK\x01\x02'),
    u16(0),
    u16(extra.length > 0 ? 45 : 20),
    common,
    u32(crc),
    shown,
    shown,
    u16(name.length),
    u16(extra.length),
    Buffer.alloc(10),
    u32(Math.min(offset, wideFrom)),
    name,
    extra,
  ]);
}

/** What does not fit the fields of the directory, in their order. */
function wideField({ size, offset }: Placed): Buffer {
  const parts = [
    ...(size >= wideFrom ? [u64(size), u64(size)] : []),
    ...(offset >= wideFrom ? [u64(offset)] : []),
  ];
  return parts.length === 0 ? Buffer.alloc(0) : record(1, ...parts);
}

function endRecords(placed: readonly Placed[], size: number, offset: number): Buffer {
  const count = placed.length;
  const isWide = count >= 0xffff || offset >= wideFrom || placed.some((member) => member.offset >= wideFrom);
  const shown = u16(Math.min(count, 0xffff));
  return Buffer.concat([
    ...(isWide ? [wideEnd(count, size, offset)] : []),
    Buffer.from('PK\x05\x06'),
    u32(0),
    shown,
    shown,
    u32(size),
    u32(Math.min(offset, wideFrom)),
    u16(0),
  ]);
}

function wideEnd(count: number, size: number, offset: number): Buffer {
  return Buffer.concat([
    Buffer.from('PK\x06\x06'),
    u64(44),
    u16(45),
    u16(45),
    u32(0),
    u32(0),
    u64(count),
    u64(count),
    u64(size),
    u64(offset),
    Buffer.from('PK\x06\x07'),
    u32(0),
    u64(offset + size),
    u32(1),
  ]);
}

function record(id: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([u16(id), u16(content.length), content]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
