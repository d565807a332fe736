import { mostDimensions } from '../most-dimensions.ts';
import { elementKind } from './element-type.ts';
import { isMarked, numberAt, type TornFile } from './torn-file.ts';

/** One of the messages that describe an object. HDF5 File Format Specification, IV.A */
export interface Message {
  type: number;
  data: Buffer;
}

const messageTypes = { dataspace: 1, datatype: 3, external: 7, layout: 8, continuation: 16 };
const mostBlocks = 100;
/** The message itself is elsewhere. */
const shared = 2;

/** All messages at an address that are there; null where no object's description begins. @throws Damage where there is no end to them */
export async function readMessages(file: TornFile, address: number): Promise<Message[] | null> {
  const first = await firstBlock(file, address);
  if (!first) return null;
  const all: Message[] = [];
  const blocks = [first.block];
  for (let count = 0; blocks.length > 0 && count < mostBlocks; count += 1) {
    const messages = messagesIn(blocks.pop() ?? Buffer.alloc(0), first);
    for (const message of messages) all.push(message);
    const more = messages.filter(({ type }) => type === messageTypes.continuation);
    for (const { data } of more) blocks.push(await continuation(file, data, first.isNew));
  }
  return all;
}

interface FirstBlock {
  block: Buffer;
  /** Of version 2. */
  isNew: boolean;
  /** Whether each message says when it was made. */
  hasOrder: boolean;
}

const oldPrefix = 16;

async function firstBlock(file: TornFile, address: number): Promise<FirstBlock | null> {
  const head = await file.readSome(address, 64);
  if (isMarked(head, 'OHDR')) {
    const flags = numberAt(head, 5, 1);
    const at = 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
    const width = 2 ** (flags & 3);
    const block = await file.read(address + at + width, numberAt(head, at, width));
    return block && { block, isNew: true, hasOrder: (flags & 4) !== 0 };
  }
  if (numberAt(head, 0, 1) !== 1) return null;
  const block = await file.read(address + oldPrefix, numberAt(head, 8, 4));
  return block && { block, isNew: false, hasOrder: false };
}

/** Those that went on elsewhere; none where that is not there. */
async function continuation(file: TornFile, data: Buffer, isNew: boolean): Promise<Buffer> {
  const block = (await file.read(numberAt(data, 0, 8), numberAt(data, 8, 8))) ?? Buffer.alloc(0);
  if (!isNew) return block;
  return isMarked(block, 'OCHK') ? block.subarray(4, -4) : Buffer.alloc(0);
}

function messagesIn(block: Buffer, { isNew, hasOrder }: FirstBlock): Message[] {
  const [typeWidth, head] = isNew ? [1, hasOrder ? 6 : 4] : [2, 8];
  const messages: Message[] = [];
  for (let at = 0; at + head <= block.length; ) {
    const length = numberAt(block, at + typeWidth, 2);
    const flags = numberAt(block, at + typeWidth + 2, 1);
    const data = block.subarray(at + head, at + head + length);
    const isHere = data.length === length && (flags & shared) === 0;
    if (isHere) messages.push({ type: numberAt(block, at, typeWidth), data });
    at += head + length;
  }
  return messages;
}

/** A dataset by its messages. */
export interface TornDataset {
  dtype: string;
  shape: number[];
  /** Of one element, in bytes. */
  itemSize: number;
  isLittle: boolean;
  /** Of its elements, where they lie in the file as they are and are numbers; null where not. */
  address: number | null;
}

/** Null for what is no dataset, or does not say how large it is. */
export function describeDataset(messages: readonly Message[]): TornDataset | null {
  const find = (wanted: number) => messages.find(({ type }) => type === wanted)?.data;
  const [space, layout] = [find(messageTypes.dataspace), find(messageTypes.layout)];
  const shape = space && shapeOf(space);
  if (!shape || !layout) return null;
  const type = find(messageTypes.datatype) ?? Buffer.alloc(0);
  const { dtype, isNumeric } = kindOf(type);
  const isHere = isNumeric && !find(messageTypes.external);
  return {
    dtype,
    shape,
    itemSize: numberAt(type, 4, 4) || 0,
    isLittle: (numberAt(type, 1, 1) & 1) === 0,
    address: isHere ? contiguousAddress(layout) : null,
  };
}

const without = 2;

/** Null for one that is not read. IV.A.2.b */
function shapeOf(space: Buffer): number[] | null {
  const [version, rank] = [numberAt(space, 0, 1), numberAt(space, 1, 1)];
  const start = new Map([
    [1, 8],
    [2, 4],
  ]).get(version);
  if (start === undefined || rank > mostDimensions) return null;
  if (version === 2 && numberAt(space, 3, 1) === without) return [0];
  const shape = Array.from({ length: rank }, (_, axis) => numberAt(space, start + 8 * axis, 8));
  return shape.every(Number.isSafeInteger) ? shape : null;
}

/** What makes whole numbers and floats is told; of all else the class alone. IV.A.2.d */
function kindOf(type: Buffer): { dtype: string; isNumeric: boolean } {
  const [kind, bits, size] = [numberAt(type, 0, 1) & 0x0f, numberAt(type, 1, 1), numberAt(type, 4, 4)];
  if (kind === 8) return { dtype: 'enumeration', isNumeric: false };
  const made = { type: kind, size, signed: (bits & 8) !== 0, littleEndian: true, vlen: false };
  return type.length < 8 ? { dtype: 'unknown', isNumeric: false } : elementKind(made);
}

/** Null where its elements are in pieces, or among what describes it. IV.A.2.i */
function contiguousAddress(layout: Buffer): number | null {
  const version = numberAt(layout, 0, 1);
  const [kind, at] = version < 3 ? [numberAt(layout, 2, 1), 8] : [numberAt(layout, 1, 1), 2];
  const address = kind === 1 ? numberAt(layout, at, 8) : Number.NaN;
  return Number.isSafeInteger(address) ? address : null;
}
