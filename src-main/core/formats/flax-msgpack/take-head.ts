import type { Json } from '../../../../shared/model/json.ts';
import type { ByteReader } from '../byte-reader.ts';
import { rule } from '../damage.ts';

/** What a value of msgpack begins with. Lengths are in bytes; what is in it follows. msgpack/spec.md */
export type ValueHead =
  | { kind: 'map' | 'list'; count: number }
  | { kind: 'text' | 'bytes'; length: number }
  | { kind: 'extension'; length: number; type: number }
  | { kind: 'plain'; value: Json };

type TakeHead = (reader: ByteReader) => Promise<ValueHead>;

const plain = (value: Json): ValueHead => ({ kind: 'plain', value });
const counted =
  (kind: 'map' | 'list', width: number): TakeHead =>
  async (reader) => ({ kind, count: await takeNumber(reader, width) });
const long =
  (kind: 'text' | 'bytes', width: number): TakeHead =>
  async (reader) => ({ kind, length: await takeNumber(reader, width) });
const extension =
  (width: number): TakeHead =>
  async (reader) => {
    const length = await takeNumber(reader, width);
    return { kind: 'extension', length, type: await takeNumber(reader, 1) };
  };
const fixedExtension =
  (length: number): TakeHead =>
  async (reader) => ({ kind: 'extension', length, type: await takeNumber(reader, 1) });
const number =
  (width: number, read: (bytes: Buffer) => number | bigint): TakeHead =>
  async (reader) => {
    const value = read(await takeBytes(reader, width));
    return plain(Number.isSafeInteger(Number(value)) ? Number(value) : value);
  };

/** By first bytes from 0xc0 to 0xdf; 0xc1 is never used. */
const heads: readonly (TakeHead | null)[] = [
  async () => plain(null),
  null,
  async () => plain(false),
  async () => plain(true),
  long('bytes', 1),
  long('bytes', 2),
  long('bytes', 4),
  extension(1),
  extension(2),
  extension(4),
  number(4, (bytes) => bytes.readFloatBE()),
  number(8, (bytes) => bytes.readDoubleBE()),
  number(1, (bytes) => bytes.readUInt8()),
  number(2, (bytes) => bytes.readUInt16BE()),
  number(4, (bytes) => bytes.readUInt32BE()),
  number(8, (bytes) => bytes.readBigUInt64BE()),
  number(1, (bytes) => bytes.readInt8()),
  number(2, (bytes) => bytes.readInt16BE()),
  number(4, (bytes) => bytes.readInt32BE()),
  number(8, (bytes) => bytes.readBigInt64BE()),
  fixedExtension(1),
  fixedExtension(2),
  fixedExtension(4),
  fixedExtension(8),
  fixedExtension(16),
  long('text', 1),
  long('text', 2),
  long('text', 4),
  counted('list', 2),
  counted('list', 4),
  counted('map', 2),
  counted('map', 4),
];

/** The head of the next value; the reader is then at what is in it. @throws Damage where there is none */
export async function takeHead(reader: ByteReader): Promise<ValueHead> {
  const byte = await takeNumber(reader, 1);
  if (byte < 0xc0 || byte >= 0xe0) return shortHead(byte);
  const take = heads[byte - 0xc0];
  rule(take !== null && take !== undefined, 'one of its values begins as none does');
  return take(reader);
}

/** All that one byte tells. */
function shortHead(byte: number): ValueHead {
  if (byte <= 0x7f) return plain(byte);
  if (byte <= 0x8f) return { kind: 'map', count: byte & 0x0f };
  if (byte <= 0x9f) return { kind: 'list', count: byte & 0x0f };
  return byte < 0xc0 ? { kind: 'text', length: byte & 0x1f } : plain(byte - 0x100);
}

/** Moves on behind so many bytes. @throws Damage where they are not there */
export function pass(reader: ByteReader, length: number): void {
  rule(reader.skip(length), cutOff);
}

export async function takeBytes(reader: ByteReader, length: number): Promise<Buffer> {
  rule(await reader.fill(length), cutOff);
  return reader.take(length);
}

async function takeNumber(reader: ByteReader, width: number): Promise<number> {
  return (await takeBytes(reader, width)).readUIntBE(0, width);
}

const cutOff = 'the end of the file is missing: it promises more values than it has';
