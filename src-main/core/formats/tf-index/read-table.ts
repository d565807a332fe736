import { maskedCrc32c } from '../../catalog/measurements/crc32c.ts';
import { Damage, LimitReached, rule } from '../damage.ts';
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
const longestBlock = 8 * 1024 * 1024;

/** What is still read of a file; keys in bytes, for each may stand for much of the one before it. */
export interface TableBudget {
  entries: number;
  keys: number;
}

export const most: TableBudget = { entries: 100_000, keys: 16 * 1024 * 1024 };

/**
 * The entries of a table, block by block, in the order of their keys, every block held against its checksum.
 * @throws Damage when it is cut off, damaged or packed. tensorflow/tsl/lib/io/table_format.txt
 */
export async function* readTable(source: Source): AsyncGenerator<readonly TableEntry[]> {
  const footer = await readFooter(source);
  rule(footer !== null, () => `${formatCount(source.size)} bytes: its end is missing`);
  const index = readHandle(footer, readHandle(footer, 0).end);
  const budget = { ...most };
  let end = 0;
  for (const { value } of readBlock(await openBlock(source, index.handle), budget)) {
    const { handle } = readHandle(value, 0);
    rule(handle.offset >= end, 'one of its blocks is not behind the one before it');
    end = handle.offset + handle.size;
    yield readBlock(await openBlock(source, handle), budget);
  }
}

/** The last bytes of a table, which say where its own index is; null where they are not there. */
export async function readFooter(source: Source): Promise<Buffer | null> {
  if (source.size < footerLength) return null;
  const footer = await source.read(source.size - footerLength, footerLength);
  return footer.subarray(-tableMagic.length).equals(tableMagic) ? footer : null;
}

function readHandle(bytes: Buffer, at: number): { handle: BlockHandle; end: number } {
  const offset = readVarint(bytes, at);
  const size = offset && readVarint(bytes, offset.end);
  rule(size !== null, 'one of its blocks is nowhere');
  return { handle: { offset: offset?.value ?? 0, size: size.value }, end: size.end };
}

async function openBlock(source: Source, { offset, size }: BlockHandle): Promise<Buffer> {
  const isPlace = offset + size + trailerLength <= source.size - footerLength && size <= longestBlock;
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
function readBlock(block: Buffer, budget: TableBudget): TableEntry[] {
  rule(block.length >= 4, broken);
  const jumps = block.readUInt32LE(block.length - 4);
  const end = block.length - 4 - 4 * jumps;
  rule(end >= 0, broken);
  const entries: TableEntry[] = [];
  let key: Buffer = Buffer.alloc(0);
  for (let at = 0; at < end; ) {
    const entry = takeEntry(block, at, key, budget);
    rule(entry !== null && entry.end <= end, broken);
    key = entry.key;
    at = entry.end;
    entries.push({ key: key.toString('utf8'), value: entry.value });
  }
  return entries;
}

/** The entry at a place among bytes, and where it ends; null where that is not there, or it shares what the key before has not. */
export function takeEntry(
  bytes: Buffer,
  at: number,
  before: Buffer,
  budget: TableBudget,
): { key: Buffer; value: Buffer; end: number } | null {
  const shared = readVarint(bytes, at);
  const own = shared && readVarint(bytes, shared.end);
  const length = own && readVarint(bytes, own.end);
  if (!shared || !own || !length) return null;
  const start = length.end + own.value;
  const end = start + length.value;
  if (shared.value > before.length || end > bytes.length) return null;
  spend(budget, shared.value + own.value);
  const key = Buffer.concat([before.subarray(0, shared.value), bytes.subarray(length.end, start)]);
  return { key, value: bytes.subarray(start, end), end };
}

/** A block may stand for more than its bytes, and its reader holds all of them. */
function spend(budget: TableBudget, keyLength: number): void {
  budget.entries -= 1;
  budget.keys -= keyLength;
  if (budget.entries < 0) throw new LimitReached('it has more entries than are looked at');
  if (budget.keys < 0) throw new LimitReached('its keys are longer than are read');
}

const broken = 'one of its blocks is broken';
