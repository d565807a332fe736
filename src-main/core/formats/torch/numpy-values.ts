import type { StorageBytes } from '../contents.ts';
import { elementSizes } from '../element-sizes.ts';
import { numpyType } from '../numpy-types.ts';
import { asKind, type Call, floatValue, fullName, itemsOf, type Value } from '../pickle/value.ts';
import { bufferSource } from '../source.ts';
import type { Surroundings } from './surroundings.ts';

/** An array as numpy pickles it, nothing of it checked. */
export interface PickledArray {
  dtype: string;
  shape: Value | undefined;
  isFortran: boolean;
  bytes: StorageBytes | null;
}

/** Null when the call makes no array of numbers. numpy/core/src/multiarray/methods.c, `array_reduce` and `array_reduce_ex` */
export function readArray(call: Call, around: Surroundings): PickledArray | null {
  const made = fullName(call.callee).replace(/^numpy\._?core\./, '');
  if (made === 'multiarray._reconstruct') {
    const [shape, dtype, isFortran, raw] = itemsOf(call.state)?.slice(-4) ?? [];
    return arrayOf(dtype, shape, isFortran === true, raw, around);
  }
  if (made !== 'numeric._frombuffer') return null;
  const [raw, dtype, shape, order] = call.args;
  return arrayOf(dtype, shape, order === 'F', raw, around);
}

function arrayOf(
  dtype: Value | undefined,
  shape: Value | undefined,
  isFortran: boolean,
  raw: Value | undefined,
  around: Surroundings,
): PickledArray | null {
  const type = readDtype(dtype);
  if (!type) return null;
  const bytes = rawBytes(raw, around);
  return { dtype: type.name, shape, isFortran, bytes: bytes && { ...bytes, byteOrder: type.byteOrder } };
}

function readDtype(value: Value | undefined): { name: string; byteOrder: 'little' | 'big' } | null {
  const call = asKind(value, 'call');
  const [code] = call && fullName(call.callee) === 'numpy.dtype' ? call.args : [];
  const name = numpyType(String(code));
  const [, order] = itemsOf(call?.state) ?? [];
  return name === null ? null : { name, byteOrder: order === '>' ? 'big' : 'little' };
}

/** Bytes stand in the pickle as they are; up to protocol 2 as a text that is to be encoded as Latin-1. */
export function rawBytes(
  value: Value | undefined,
  { source }: Pick<Surroundings, 'source'>,
): Omit<StorageBytes, 'byteOrder'> | null {
  const bytes = asKind(value, 'bytes');
  if (bytes) return { source, start: bytes.start, length: bytes.length };
  const encoded = encodedBytes(value);
  return encoded && { source: bufferSource(source.name, encoded), start: 0, length: encoded.length };
}

function encodedBytes(value: Value | undefined): Buffer | null {
  const call = asKind(value, 'call');
  const [text, encoding, ...how] = call && fullName(call.callee) === '_codecs.encode' ? call.args : [];
  if (typeof text !== 'string' || encoding !== 'latin1' || how.length > 0) return null;
  const bytes = Buffer.from(text, 'latin1');
  // Python encodes no other text.
  return bytes.toString('latin1') === text ? bytes : null;
}

const scalarReaders: ReadonlyMap<string, (bytes: Buffer) => Value> = new Map([
  ['float32', (bytes: Buffer): Value => floatValue(bytes.readFloatLE(0))],
  ['float64', (bytes) => floatValue(bytes.readDoubleLE(0))],
  ['int8', (bytes) => bytes.readInt8(0)],
  ['int16', (bytes) => bytes.readInt16LE(0)],
  ['int32', (bytes) => bytes.readInt32LE(0)],
  ['int64', (bytes) => narrow(bytes.readBigInt64LE(0))],
  ['uint8', (bytes) => bytes.readUInt8(0)],
  ['uint16', (bytes) => bytes.readUInt16LE(0)],
  ['uint32', (bytes) => bytes.readUInt32LE(0)],
  ['uint64', (bytes) => narrow(bytes.readBigUInt64LE(0))],
  ['bool', (bytes) => bytes.readUInt8(0) !== 0],
]);

/** The number that a pickled numpy scalar is; undefined for anything else. */
export function readScalar(call: Call): Value | undefined {
  if (!/^numpy\._?core\.multiarray\.scalar$/.test(fullName(call.callee))) return undefined;
  const [dtype, raw] = call.args;
  const type = readDtype(dtype);
  const bytes = asKind(raw, 'bytes')?.content ?? encodedBytes(raw);
  const read = type ? scalarReaders.get(type.name) : undefined;
  if (!type || !read || !bytes || bytes.length !== elementSizes.get(type.name)) return undefined;
  return read(type.byteOrder === 'little' ? bytes : Buffer.from(bytes).reverse());
}

function narrow(value: bigint): Value {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
