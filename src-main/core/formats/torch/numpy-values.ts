import type { StorageBytes } from '../contents.ts';
import { elementSizes } from '../element-sizes.ts';
import { numpySize, numpyType } from '../numpy-types.ts';
import { asKind, type Call, floatValue, fullName, itemsOf, type Value } from '../pickle/value.ts';
import { bufferSource } from '../source.ts';
import type { TextBytes } from '../text-bytes.ts';
import type { Surroundings } from './surroundings.ts';

/** An array as numpy pickles it, nothing of it checked. */
export interface PickledArray {
  dtype: string;
  itemSize: number;
  shape: Value | undefined;
  isFortran: boolean;
  raw: LocatedBytes | TextBytes | null;
  byteOrder: StorageBytes['byteOrder'];
  /** Why its elements are not read though they are there. */
  notRead?: string | undefined;
}

/** `start` and `length` in bytes of the source. */
type LocatedBytes = Omit<StorageBytes, 'byteOrder' | 'text'>;

/** Null when the call makes no array of numbers. numpy/core/src/multiarray/methods.c, `array_reduce` and `array_reduce_ex` */
export function readArray(call: Call, around: Surroundings): PickledArray | null {
  const made = makerOf(call.callee);
  if (made === 'multiarray._reconstruct') return arrayOfState(call.state, around);
  if (made === 'ma.core._mareconstruct') {
    const array = arrayOfState(call.state, around);
    return array && { ...array, raw: null, notRead: masked };
  }
  if (made === 'dill._dill._create_array') {
    const [build, , state] = call.args;
    return arrayOfState(makerOf(build) === 'multiarray._reconstruct' ? state : undefined, around);
  }
  if (made === joblibArray) return arrayOfWrapper(call, around);
  if (made !== 'numeric._frombuffer') return null;
  const [raw, dtype, shape, order] = call.args;
  return arrayOf(dtype, shape, order === 'F', raw, around);
}

/** What stands for an array in a file of joblib; its elements follow what sets its state. joblib/numpy_pickle.py, `NumpyArrayWrapper` */
export const joblibArray = 'joblib.numpy_pickle.NumpyArrayWrapper';

/** An array of joblib. Without elements, it was cut off. */
function arrayOfWrapper({ state, elements }: Call, around: Surroundings): PickledArray | null {
  const attributes = asKind(state, 'dict')?.entries;
  const isFortran = attributes?.get('order') === 'F';
  return arrayOf(attributes?.get('dtype'), attributes?.get('shape'), isFortran, elements, around);
}

const masked = 'a masked array: which of its elements count is not read';

function makerOf(callee: Value | undefined): string {
  return fullName(callee).replace(/^numpy\.(?:_?core\.)?/, '');
}

/** What the array has after the version of its state, if it has one: shape, type, order and elements, and then perhaps a mask. */
function arrayOfState(state: Value | undefined, around: Surroundings): PickledArray | null {
  const items = itemsOf(state) ?? [];
  const [shape, dtype, isFortran, raw] = typeof items[0] === 'number' ? items.slice(1) : items;
  return arrayOf(dtype, shape, isFortran === true, raw, around);
}

/** What an array of Python objects holds, in the order of its elements; null for anything else. */
export function objectsIn({ callee, state }: Call): readonly Value[] | null {
  if (makerOf(callee) !== 'multiarray._reconstruct') return null;
  const items = itemsOf(state) ?? [];
  const last = items.at(-1);
  return items.length >= 4 && asKind(last, 'list') ? itemsOf(last) : null;
}

function arrayOf(
  dtype: Value | undefined,
  shape: Value | undefined,
  isFortran: boolean,
  raw: Value | undefined,
  around: Surroundings,
): PickledArray | null {
  const type = readDtype(dtype);
  // Records of Python objects are a list.
  if (!type || itemsOf(raw)) return null;
  const { name, ...layout } = type;
  const found = rawBytes(raw, around) ?? rawText(raw, around);
  const opaque = found === null && asKind(raw, 'opaque');
  const notRead = opaque ? `its elements are ${opaque.what}, which is not read` : undefined;
  return { dtype: name, ...layout, shape, isFortran, raw: found, notRead };
}

interface NumpyType {
  /** As PyTorch has it, else as numpy writes it without its byte order; `record` for one of several fields. */
  name: string;
  itemSize: number;
  byteOrder: StorageBytes['byteOrder'];
}

/** Null for Python objects, and for what is no type. numpy/core/src/multiarray/descriptor.c, `arraydescr_reduce` */
export function readDtype(value: Value | undefined): NumpyType | null {
  const call = asKind(value, 'call');
  const [, order, , fields = null, , size, , , dates] = itemsOf(call?.state) ?? [];
  const code = codeOf(call, size);
  const itemSize = numpySize(code);
  if (!itemSize) return null;
  const name = fields === null ? (numpyType(code) ?? `${code}${unitOf(dates)}`) : 'record';
  return { name, itemSize, byteOrder: order === '>' ? 'big' : 'little' };
}

/** Empty for what is no type. That of a class, such as `numpy.record`, is told by how many bytes an element has. */
function codeOf(call: Call | null, size: Value | undefined): string {
  const type = fullName(call?.callee) === 'numpy.dtype' ? call?.args[0] : undefined;
  if (fullName(type) === 'numpy.record' && typeof size === 'number') return `V${size}`;
  return typeof type === 'string' ? type : '';
}

/** Of dates and times, after what else is kept: `[D]`, or `[25s]` for one that is 25 seconds. */
function unitOf(dates: Value | undefined): string {
  const [unit, count] = itemsOf(itemsOf(dates)?.[1]) ?? [];
  const name = contentOf(unit)?.toString('latin1') ?? 'generic';
  const many = typeof count === 'number' && count !== 1 ? count : '';
  return name === 'generic' ? '' : `[${many}${name}]`;
}

/** Bytes stand in the pickle as they are; up to protocol 2 as a text that is to be encoded as Latin-1, and where there are none as a call for none. */
export function rawBytes(
  value: Value | undefined,
  { source }: Pick<Surroundings, 'source'>,
): LocatedBytes | null {
  const bytes = asKind(value, 'bytes');
  // What is in a line of Python 2 does not stand there as it is.
  if (bytes && !(bytes.isText && bytes.content)) return { source, start: bytes.start, length: bytes.length };
  const encoded = typeof value === 'string' ? latin1Bytes(value) : contentOf(value);
  return encoded && { source: bufferSource(source.name, encoded), start: 0, length: encoded.length };
}

/** The same of a text that is too long to be kept. */
function rawText(value: Value | undefined, { source }: Surroundings): TextBytes | null {
  const text = asKind(textToEncode(value), 'opaque')?.text;
  return text ? { source, ...text } : null;
}

/** Bytes that are kept, or stand as a text that is to be encoded; null for anything else. */
function contentOf(value: Value | undefined): Buffer | null {
  const bytes = asKind(value, 'bytes');
  if (bytes) return bytes.content;
  const text = textToEncode(value);
  return typeof text === 'string' ? latin1Bytes(text) : null;
}

/** The first of them, and how many there are: nothing more of a long text is encoded. */
export function startOfBytes(
  value: Value | undefined,
  most: number,
): { start: Buffer; length: number } | null {
  const bytes = asKind(value, 'bytes');
  if (bytes) return bytes.content && { start: bytes.content.subarray(0, most), length: bytes.length };
  const text = textToEncode(value);
  if (typeof text !== 'string') return null;
  return { start: Buffer.from(text.slice(0, most), 'latin1'), length: text.length };
}

function latin1Bytes(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'latin1');
  // Python encodes no other text.
  return bytes.toString('latin1') === text ? bytes : null;
}

function textToEncode(value: Value | undefined): Value | undefined {
  const call = asKind(value, 'call');
  const name = fullName(call?.callee);
  if (call?.args.length === 0 && bytesTypes.has(name)) return '';
  const [text, encoding, ...how] = call && name === '_codecs.encode' ? call.args : [];
  return encoding === 'latin1' && how.length === 0 ? text : undefined;
}

const bytesTypes: ReadonlySet<string> = new Set(['builtins.bytes', '__builtin__.bytes']);

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

/** The type of a pickled numpy scalar; null for anything else. */
export function scalarType(call: Call): string | null {
  return isScalar(call) ? (readDtype(call.args[0])?.name ?? null) : null;
}

const isScalar = ({ callee }: Call) => makerOf(callee) === 'multiarray.scalar';

/** The number that a pickled numpy scalar is; undefined for anything else. */
export function readScalar(call: Call): Value | undefined {
  if (!isScalar(call)) return undefined;
  const [dtype, raw] = call.args;
  const type = readDtype(dtype);
  const bytes = typeof raw === 'string' ? latin1Bytes(raw) : contentOf(raw);
  const read = type ? scalarReaders.get(type.name) : undefined;
  if (!type || !read || !bytes || bytes.length !== elementSizes.get(type.name)) return undefined;
  return read(type.byteOrder === 'little' ? bytes : Buffer.from(bytes).reverse());
}

function narrow(value: bigint): Value {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
