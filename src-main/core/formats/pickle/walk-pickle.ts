import { type ByteReader, readCount } from '../byte-reader.ts';
import { Damage, rule } from '../damage.ts';
import { formatCount } from '../plain-text.ts';
import { type Argument, type Opcode, opcodes } from './opcodes.ts';

export interface Instruction {
  opcode: Opcode;
  /** Without its length and its last line end; null when it is longer than is looked at (512 bytes). */
  argument: Buffer | null;
}

/** Longer arguments are skipped, not read: names and keys are shorter, and nothing else is looked at. In bytes. */
const longestArgument = 512;
const lookahead = 2 * longestArgument;
const lineEnd = 0x0a;

/**
 * Walks one pickle from the reader's position to just after its STOP, showing each instruction to `visit`. Executes
 * nothing. Throws {@link Damage} at a byte that is no instruction, and when the end comes before STOP.
 */
export async function walkPickle(
  reader: ByteReader,
  visit: (instruction: Instruction) => void = () => {},
): Promise<void> {
  for (;;) {
    if (reader.buffered < lookahead) await reader.fill(Math.min(lookahead, reader.remaining));
    const opcode = takeOpcode(reader);
    let argument = takeArgument(reader, opcode.argument);
    if (argument === undefined) argument = await skipLines(reader, opcode.argument.bytes);
    visit({ opcode, argument });
    if (opcode.name === 'STOP') return;
  }
}

function takeOpcode(reader: ByteReader): Opcode {
  rule(reader.remaining > 0, 'its pickle is cut off');
  const code = reader.takeByte();
  const opcode = opcodes.get(code);
  if (opcode) return opcode;
  const where = formatCount(reader.position - 1);
  throw new Damage(`its pickle is broken at byte ${where}: 0x${code.toString(16)} is no instruction`);
}

/** Undefined when it is lines whose end is not in memory yet. */
function takeArgument(reader: ByteReader, { kind, bytes }: Argument): Buffer | null | undefined {
  if (kind === 'lines') return takeLines(reader, bytes);
  return takeBytes(reader, kind === 'fixed' ? bytes : takeLength(reader, bytes));
}

function takeLength(reader: ByteReader, width: number): number {
  rule(width <= reader.remaining, 'its pickle is cut off');
  const bytes = reader.take(width);
  return width === 8 ? readCount(bytes, 0) : bytes.readUIntLE(0, width);
}

function takeBytes(reader: ByteReader, length: number): Buffer | null {
  rule(length <= reader.remaining, 'its pickle is cut off');
  if (length <= longestArgument) return reader.take(length);
  reader.skip(length);
  return null;
}

function takeLines(reader: ByteReader, count: number): Buffer | null | undefined {
  let length = 0;
  for (let line = 0; line < count; line += 1) {
    const end = reader.findBuffered(lineEnd, length);
    if (end < 0) return undefined;
    length = end + 1;
  }
  const argument = reader.take(length).subarray(0, -1);
  return argument.length > longestArgument ? null : argument;
}

async function skipLines(reader: ByteReader, count: number): Promise<null> {
  for (let line = 0; line < count; ) {
    const end = reader.findBuffered(lineEnd);
    reader.skip(end < 0 ? reader.buffered : end + 1);
    if (end >= 0) line += 1;
    else rule(await reader.fill(Math.min(lookahead, Math.max(1, reader.remaining))), 'its pickle is cut off');
  }
  return null;
}
