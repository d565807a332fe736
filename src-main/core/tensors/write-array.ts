import type { Tensor } from '../formats/contents.ts';
import { type ElementReading, elementBlocks, type Walk, walkColumns, walkRows } from './element-blocks.ts';
import { isOrderly } from './placed-elements.ts';

/** How numpy names the types it has. */
const descriptions: ReadonlyMap<string, string> = new Map([
  ['float64', '<f8'],
  ['float32', '<f4'],
  ['float16', '<f2'],
  ['int8', '|i1'],
  ['int16', '<i2'],
  ['int32', '<i4'],
  ['int64', '<i8'],
  ['uint8', '|u1'],
  ['uint16', '<u2'],
  ['uint32', '<u4'],
  ['uint64', '<u8'],
  ['bool', '|b1'],
  ['complex64', '<c8'],
  ['complex128', '<c16'],
]);

/** What becomes of types that numpy has not: narrow floats become float32, which holds each of them exactly. */
const widened = (parts: 1 | 2): string => (parts === 2 ? '<c8' : '<f4');

/** An npy file that is written as it is read. */
export interface NpyFile {
  /** In bytes. */
  size: number;
  chunks(): AsyncGenerator<Uint8Array>;
}

/** The bytes of an npy file of version 1.0 or 2.0 with a tensor's elements. Null where those cannot be read. */
export function formatNpy(tensor: Tensor, reading?: ElementReading): AsyncGenerator<Uint8Array> | null {
  return npyFile(tensor, reading)?.chunks() ?? null;
}

/** The same with its length, which is known before anything is read. */
export function npyFile(tensor: Tensor, reading?: ElementReading): NpyFile | null {
  const rows = walkRows(tensor);
  const columns = walkColumns(tensor);
  // Elements that lie column by column are written so: numpy has a word for it.
  const isFortran = columns !== null && isOrderly(columns.layout) && !(rows && isOrderly(rows.layout));
  const walk = isFortran ? columns : rows;
  if (!walk) return null;
  const size = header(walk, isFortran).length + walk.count * writtenWidth(walk);
  return { size, chunks: () => npyChunks(walk, isFortran, reading) };
}

async function* npyChunks(
  walk: Walk,
  isFortran: boolean,
  reading?: ElementReading,
): AsyncGenerator<Uint8Array> {
  yield header(walk, isFortran);
  for await (const bytes of elementBlocks(walk, reading)) yield toNumpy(bytes, walk);
}

function header({ tensor: { shape }, dtype, type }: Walk, isFortran: boolean): Buffer {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const order = isFortran ? 'True' : 'False';
  const text = `{'descr': '${descriptions.get(dtype) ?? widened(type.parts)}', 'fortran_order': ${order}, 'shape': (${sides}), }`;
  const version = text.length > 60_000 ? 2 : 1;
  const start = version === 1 ? 10 : 12;
  const padded = `${text.padEnd(Math.ceil((start + text.length + 1) / 64) * 64 - start - 1)}\n`;
  const bytes = Buffer.alloc(start + padded.length);
  bytes.write('\x93NUMPY', 'latin1');
  bytes.writeUInt8(version, 6);
  if (version === 1) bytes.writeUInt16LE(padded.length, 8);
  else bytes.writeUInt32LE(padded.length, 8);
  bytes.write(padded, start, 'latin1');
  return bytes;
}

/** Bytes of an element as it is written. */
function writtenWidth({ dtype, type }: Walk): number {
  return descriptions.has(dtype) ? type.width : 4 * type.parts;
}

function toNumpy(bytes: Uint8Array, { dtype, type }: Walk): Uint8Array {
  if (dtype !== 'bool' && descriptions.has(dtype)) return bytes;
  const numbers = new Float64Array((bytes.byteLength / type.width) * type.parts);
  type.decode(bytes, numbers);
  if (dtype === 'bool') return Uint8Array.from(numbers);
  return new Uint8Array(Float32Array.from(numbers).buffer);
}
