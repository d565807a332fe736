import { maskedCrc32c } from '../../catalog/measurements/crc32c.ts';
import { longestRead, type Source } from '../source.ts';
import { most, type TableBudget, type TableEntry, takeEntry } from './read-table.ts';

/** What a table still has whose end is missing. */
export interface RecoveredTable {
  entries: TableEntry[];
  /** Whether all entries that it had are among them. */
  isAll: boolean;
}

/**
 * The entries before the place where a table is cut off. What tells where its blocks are stood at its end: each is found by the one
 * before it, and ends where its checksum says so. The last one may be cut off itself: its entries have no checksum.
 * @throws Damage where there are more than are looked at
 */
export async function recoverTable(source: Source): Promise<RecoveredTable> {
  const bytes = await source.read(0, Math.min(source.size, longestRead));
  const entries: TableEntry[] = [];
  const budget = { ...most };
  for (let at = 0; at < bytes.length; ) {
    // Behind all of them stands one without entries. tensorflow/tsl/lib/io/table_builder.cc, Finish
    if (isJump(bytes, at, at, 1)) return { entries, isAll: true };
    const block = recoverBlock(bytes, at, budget);
    for (const entry of block.entries) entries.push(entry);
    if (block.end === null) break;
    at = block.end;
  }
  return { entries, isAll: false };
}

/** `end`: null where the block is cut off. */
interface RecoveredBlock {
  entries: TableEntry[];
  end: number | null;
}

function recoverBlock(bytes: Buffer, start: number, budget: TableBudget): RecoveredBlock {
  const entries: TableEntry[] = [];
  let key: Buffer = Buffer.alloc(0);
  for (let at = start; ; ) {
    const end = endOfBlock(bytes, start, at);
    if (end !== null) return { entries, end };
    const entry = takeEntry(bytes, at, key, budget);
    // No key is empty but the first: there the places to jump to begin, and are cut off.
    if (!entry || (entry.key.length === 0 && entries.length > 0)) return { entries, end: null };
    entries.push({ key: entry.key.toString('utf8'), value: entry.value });
    key = entry.key;
    at = entry.end;
  }
}

const word = 4;
const trailer = { packing: 1, checksum: 4 };

/**
 * Where the block ends whose entries end at `at`; null where they do not end there. Behind them stand the places to jump to, the first of
 * which is 0, how many there are, and what {@link maskedCrc32c} makes of all.
 */
function endOfBlock(bytes: Buffer, start: number, at: number): number | null {
  for (let jumps = 1; isJump(bytes, start, at, jumps); jumps += 1) {
    const covered = at + word * (jumps + 1) + trailer.packing;
    if (covered + trailer.checksum > bytes.length) return null;
    const isEnd = bytes.readUInt32LE(at + word * jumps) === jumps;
    if (isEnd && maskedCrc32c(bytes.subarray(start, covered)) === bytes.readUInt32LE(covered))
      return covered + trailer.checksum;
  }
  return null;
}

/** Whether the last of so many places can be one: the first entry's, or beyond the one before it. */
function isJump(bytes: Buffer, start: number, at: number, jumps: number): boolean {
  const place = at + word * (jumps - 1);
  if (place + word > bytes.length) return false;
  const jump = bytes.readUInt32LE(place);
  return jumps === 1 ? jump === 0 : jump > bytes.readUInt32LE(place - word) && jump < at - start;
}
