import { type ByteReader, readCount } from '../byte-reader.ts';
import { Damage } from '../damage.ts';
import { formatCount } from '../plain-text.ts';
import { type Argument, type Opcode, opcodes } from './opcodes.ts';

/** Where Python stops as well: at what is no instruction, where the bytes end, or where something is not there that is taken. */
export class BrokenPickle extends Damage {}

/** There are millions: one and the same is shown again and again, and its argument is valid until the next is. */
export interface Instruction {
  opcode: Opcode;
  /** Where it starts in the reader's source. */
  at: number;
  /** Without its length and its last line end; null when it is not kept. */
  argument: Buffer | null;
  /** Where the argument starts in the reader's source, and how many bytes it has, with its line ends. */
  start: number;
  length: number;
}

/** What is not kept is skipped, and mostly not read. In bytes. */
const longest = { argument: 512, text: 64 * 1024, allTexts: 16 * 1024 * 1024 };
const lookahead = 16;
const cutOff = 'its pickle is cut off';
const lineEnd = 0x0a;

/**
 * Walks one pickle from the reader's position to just after its STOP, showing each instruction to `visit`, which may take from the reader what is
 * no instruction; without one nothing is kept. Executes nothing. Throws {@link Damage} at a byte that is no instruction, and when the end comes
 * before STOP.
 */
export async function walkPickle(
  reader: ByteReader,
  visit: ((instruction: Instruction) => Promise<void> | void) | null = null,
): Promise<void> {
  const keeping = visit ? { texts: longest.allTexts, argument: longest.argument } : { texts: 0, argument: 0 };
  const shown: Instruction = { opcode: nothingYet, at: 0, argument: null, start: 0, length: 0 };
  let opcode: Opcode;
  do {
    if (reader.buffered < lookahead) await reader.fill(Math.min(lookahead, reader.remaining));
    const at = reader.position;
    opcode = takeOpcode(reader);
    const length = takeLength(reader, opcode.argument);
    const start = reader.position;
    const isNear = length <= reader.buffered;
    const argument = isNear
      ? takeKept(reader, opcode, length, keeping)
      : await takeFar(reader, opcode, length, keeping);
    shown.opcode = opcode;
    shown.at = at;
    shown.argument = argument;
    shown.start = start;
    shown.length = reader.position - start;
    const taking = visit?.(shown);
    if (taking) await taking;
  } while (opcode.name !== 'STOP');
}

const nothingYet: Opcode = {
  name: '',
  argument: { kind: 'fixed', bytes: 0 },
  stack: { pops: 0, pushes: 0, toMark: false },
  isText: false,
};

/** Python takes the length of these for a number with a sign, and stops where it is negative. Modules/_pickle.c */
const signed: ReadonlySet<string> = new Set(['LONG4', 'BINSTRING']);

/** For arguments of so many bytes, of which nothing is kept but the number that they are. */
const usedAgain: readonly (Buffer | undefined)[] = Array.from({ length: 9 }, (_, length) =>
  length > 1 ? Buffer.alloc(length) : undefined,
);

/** How many bytes of texts are still kept, and how long any argument may be to be. */
interface Keeping {
  texts: number;
  argument: number;
}

function takeOpcode(reader: ByteReader): Opcode {
  checkThere(reader.remaining > 0);
  const code = reader.takeByte();
  const opcode = opcodes.get(code);
  if (opcode) return opcode;
  const where = formatCount(reader.position - 1);
  throw new BrokenPickle(`its pickle is broken at byte ${where}: 0x${code.toString(16)} is no instruction`);
}

function checkThere(isThere: boolean): void {
  mustHold(isThere, cutOff);
}

/** What Python asks as well. @throws BrokenPickle */
export function mustHold(holds: boolean, broken: string | (() => string)): asserts holds {
  if (!holds) throw new BrokenPickle(typeof broken === 'string' ? broken : broken());
}

/** How many bytes the argument has; more than there can be for lines, which end where they end. */
function takeLength(reader: ByteReader, { kind, bytes }: Argument): number {
  if (kind === 'fixed') return bytes;
  if (kind === 'lines') return Number.POSITIVE_INFINITY;
  checkThere(bytes <= reader.remaining);
  return bytes === 8 ? readCount(reader.take(bytes), 0) : reader.takeNumber(bytes);
}

function isKept({ isText }: Opcode, length: number, keeping: Keeping): boolean {
  return length <= (isText && length <= keeping.texts ? longest.text : keeping.argument);
}

/** An argument that is not in memory yet. */
async function takeFar(
  reader: ByteReader,
  opcode: Opcode,
  length: number,
  keeping: Keeping,
): Promise<Buffer | null> {
  if (opcode.argument.kind === 'lines') return takeLines(reader, opcode.argument.bytes);
  const { remaining } = reader;
  mustHold(length < 2 ** 31 || !signed.has(opcode.name), 'its pickle has a value of fewer than no bytes');
  mustHold(
    length <= remaining,
    () => `${cutOff}: of ${formatCount(length)} bytes of a value ${formatCount(remaining)} are there`,
  );
  if (isKept(opcode, length, keeping)) await reader.fill(length);
  return takeKept(reader, opcode, length, keeping);
}

function takeKept(reader: ByteReader, opcode: Opcode, length: number, keeping: Keeping): Buffer | null {
  if (isKept(opcode, length, keeping)) {
    if (opcode.isText) keeping.texts -= length;
    const again = opcode.argument.kind === 'fixed' ? usedAgain[length] : undefined;
    return again ? reader.takeInto(again) : reader.take(length);
  }
  reader.skip(length);
  return null;
}

async function takeLines(reader: ByteReader, count: number): Promise<Buffer | null> {
  if (findLines(reader, count) < 0) await reader.fill(Math.min(longest.argument, reader.remaining));
  const length = findLines(reader, count);
  if (length < 0) return skipLines(reader, count);
  const argument = reader.take(length).subarray(0, -1);
  return argument.length > longest.argument ? null : argument;
}

/** How many bytes these lines have; negative when their end is not in memory. */
function findLines(reader: ByteReader, count: number): number {
  let length = 0;
  for (let line = 0; line < count; line += 1) {
    const end = reader.findBuffered(lineEnd, length);
    if (end < 0) return -1;
    length = end + 1;
  }
  return length;
}

async function skipLines(reader: ByteReader, count: number): Promise<null> {
  for (let line = 0; line < count; ) {
    const end = reader.findBuffered(lineEnd);
    reader.skip(end < 0 ? reader.buffered : end + 1);
    if (end >= 0) line += 1;
    else {
      const wanted = Math.min(longest.argument, Math.max(1, reader.remaining));
      checkThere(await reader.fill(wanted));
    }
  }
  return null;
}
