import { maskedCrc32c } from '../../catalog/measurements/crc32c.ts';
import { Damage, rule } from '../damage.ts';
import { readVarint } from '../onnx/read-varint.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { tableMagic } from './recognise.ts';

/** Where a block is: its bytes, and behind them a byte for how it is packed and four of a checksum. */
interface BlockHandle {
  offset: number;
  size: number;
}

export interface TableEntry {
  key: string;
  value: Buffer;
}

const footerLength = 48;
const trailerLength = 5;
const most = { block: 8 * 1024 * 1024, entries: 1_000_000, bytes: 256 * 1024 * 1024, keys: 16 * 1024 * 1024 };

/**
 * The entries of a table, block by block, in the order of their keys, every block held against its checksum.
 * @throws Damage when it is cut off, damaged or packed. tensorflow/tsl/lib/io/table_format.txt
 */
export async function* readTable(source: Source): AsyncGenerator<readonly TableEntry[]> {
  const { size } = source;
  rule(size >= footerLength, `${formatCount(size)} bytes: its end is missing`);
  const footer = await source.read(size - footerLength, footerLength);
  const isEnd = footer.subarray(-tableMagic.length).equals(tableMagic);
  rule(isEnd, () => `${formatCount(size)} bytes: it does not end as an index does`);
  const index = readHandle(footer, readHandle(footer, 0).end);
  let [entries, bytes] = [0, 0];
  for (const { value } of readBlock(await openBlock(source, index.handle))) {
    const { handle } = readHandle(value, 0);
    const block = readBlock(await openBlock(source, handle));
    entries += block.length;
    bytes += handle.size;
    if (entries > most.entries || bytes > most.bytes)
      throw new Damage('it has more entries than are looked at', 'unknown');
    yield block;
  }
}

function readHandle(bytes: Buffer, at: number): { handle: BlockHandle; end: number } {
  const offset = readVarint(bytes, at);
  const size = offset && readVarint(bytes, offset.end);
  rule(size !== null, 'one of its blocks is nowhere');
  return { handle: { offset: offset?.value ?? 0, size: size.value }, end: size.end };
}

async function openBlock(source: Source, { offset, size }: BlockHandle): Promise<Buffer> {
  const isPlace = offset + size + trailerLength <= source.size - footerLength && size <= most.block;
  rule(isPlace, 'one of its blocks is not inside the file, or longer than is read');
  const bytes = await source.read(offset, size + trailerLength);
  const covered = bytes.subarray(0, size + 1);
  rule(
    maskedCrc32c(covered) === bytes.readUInt32LE(size + 1),
    () => `its block at byte ${formatCount(offset)} does not match its checksum`,
  );
  if (bytes[size] !== 0) throw new Damage('its blocks are packed, and are not read', 'unknown');
  return bytes.subarray(0, size);
}

/** Keys share their beginnings: each entry says how much of the one before it is its own. At the end stand places to jump to. */
function readBlock(block: Buffer): TableEntry[] {
  rule(block.length >= 4, broken);
  const jumps = block.readUInt32LE(block.length - 4);
  const end = block.length - 4 - 4 * jumps;
  rule(end >= 0, broken);
  const entries: TableEntry[] = [];
  let key: Buffer = Buffer.alloc(0);
  let room = most.keys;
  for (let at = 0; at < end; ) {
    const shared = readVarint(block, at);
    const own = shared && readVarint(block, shared.end);
    const length = own && readVarint(block, own.end);
    rule(shared !== null && own !== null && length !== null, broken);
    const start = length.end + own.value;
    rule(shared.value <= key.length && start + length.value <= end, broken);
    key = Buffer.concat([key.subarray(0, shared.value), block.subarray(length.end, start)]);
    at = start + length.value;
    room -= key.length;
    if (room < 0) throw new Damage('its keys are longer than are read', 'unknown');
    entries.push({ key: key.toString('utf8'), value: block.subarray(start, at) });
  }
  return entries;
}

const broken = 'one of its blocks is broken';
