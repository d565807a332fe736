import type { Tensor } from '../formats/contents.ts';
import { seededRandom } from '../formats/fixtures/bytes.ts';
import { bufferSource } from '../formats/source.ts';
import { rowMajorStrides } from './layout.ts';

/** A tensor over these bytes; row-major, little-endian and all of the storage unless said otherwise. */
export function tensorOf(
  dtype: string,
  shape: readonly number[],
  bytes: Uint8Array,
  {
    stride = rowMajorStrides(shape),
    offset = 0,
    byteOrder = 'little' as 'little' | 'big',
    name = 'weight',
  }: { stride?: readonly number[] | null; offset?: number; byteOrder?: 'little' | 'big'; name?: string } = {},
): Tensor {
  // One byte before the storage: nothing may rely on where it begins.
  const file = Buffer.concat([Buffer.alloc(1), bytes]);
  const data = { source: bufferSource('a', file), start: 1, length: bytes.length, byteOrder };
  const count = shape.reduce((product, size) => product * size, 1);
  const itemSize = count === 0 ? 0 : widthOf(dtype);
  return {
    name,
    dtype,
    shape,
    stride,
    offset,
    bytes: count * itemSize,
    storage: '0',
    part: 'model',
    data,
  };
}

export const float32 = (values: readonly number[]): Buffer => Buffer.from(Float32Array.from(values).buffer);
export const float64 = (values: readonly number[]): Buffer => Buffer.from(Float64Array.from(values).buffer);

const widths: Record<string, number> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  float8_e4m3fn: 1,
  float8_e5m2: 1,
  float8_e4m3fnuz: 1,
  float8_e5m2fnuz: 1,
  float8_e8m0fnu: 1,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
  bool: 1,
  complex32: 4,
  complex64: 8,
  complex128: 16,
};

export const allTypes = Object.keys(widths);
const widthOf = (dtype: string): number => widths[dtype] ?? Number.NaN;

/** The numbers of one element, read the plainest way there is: one `DataView` call or one formula each. */
function naiveElement(dtype: string, bytes: Uint8Array, at: number, little: boolean): (number | bigint)[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const readers: Record<string, () => (number | bigint)[]> = {
    float64: () => [view.getFloat64(at, little)],
    float32: () => [view.getFloat32(at, little)],
    float16: () => [naiveFloat(view.getUint16(at, little), 5, 10, 15, 'ieee')],
    bfloat16: () => [naiveFloat(view.getUint16(at, little), 8, 7, 127, 'ieee')],
    float8_e4m3fn: () => [naiveFloat(view.getUint8(at), 4, 3, 7, 'fn')],
    float8_e5m2: () => [naiveFloat(view.getUint8(at), 5, 2, 15, 'ieee')],
    float8_e4m3fnuz: () => [naiveFloat(view.getUint8(at), 4, 3, 8, 'fnuz')],
    float8_e5m2fnuz: () => [naiveFloat(view.getUint8(at), 5, 2, 16, 'fnuz')],
    float8_e8m0fnu: () => [view.getUint8(at) === 255 ? Number.NaN : 2 ** (view.getUint8(at) - 127)],
    int8: () => [view.getInt8(at)],
    int16: () => [view.getInt16(at, little)],
    int32: () => [view.getInt32(at, little)],
    int64: () => [view.getBigInt64(at, little)],
    uint8: () => [view.getUint8(at)],
    uint16: () => [view.getUint16(at, little)],
    uint32: () => [view.getUint32(at, little)],
    uint64: () => [view.getBigUint64(at, little)],
    bool: () => [view.getUint8(at) === 0 ? 0 : 1],
    complex32: () => [
      naiveFloat(view.getUint16(at, little), 5, 10, 15, 'ieee'),
      naiveFloat(view.getUint16(at + 2, little), 5, 10, 15, 'ieee'),
    ],
    complex64: () => [view.getFloat32(at, little), view.getFloat32(at + 4, little)],
    complex128: () => [view.getFloat64(at, little), view.getFloat64(at + 8, little)],
  };
  return readers[dtype]?.() ?? [];
}

/** By the text of the bits, as a person would work it out. */
function naiveFloat(
  bits: number,
  exponentBits: number,
  mantissaBits: number,
  bias: number,
  special: 'ieee' | 'fn' | 'fnuz',
): number {
  const text = bits.toString(2).padStart(1 + exponentBits + mantissaBits, '0');
  const [sign, exponent, mantissa] = [
    text.slice(0, 1),
    text.slice(1, 1 + exponentBits),
    text.slice(1 + exponentBits),
  ];
  if (isNotANumber(text.slice(1), sign, exponent, mantissa, special)) return Number.NaN;
  const factor = sign === '1' ? -1 : 1;
  if (special === 'ieee' && !exponent.includes('0')) return factor * Number.POSITIVE_INFINITY;
  const fraction = Number.parseInt(mantissa, 2) / 2 ** mantissaBits;
  const power = Number.parseInt(exponent, 2);
  return power === 0 ? factor * fraction * 2 ** (1 - bias) : factor * (1 + fraction) * 2 ** (power - bias);
}

/** Whether a pattern stands for no number. */
function isNotANumber(
  rest: string,
  sign: string,
  exponent: string,
  mantissa: string,
  special: 'ieee' | 'fn' | 'fnuz',
) {
  if (special === 'fnuz') return sign === '1' && !rest.includes('1');
  if (special === 'fn') return !rest.includes('0');
  return !exponent.includes('0') && mantissa.includes('1');
}

/** Every logical element in row-major order, one by one. */
export function naiveElements(tensor: Tensor, bytes: Uint8Array): (number | bigint)[][] {
  const width = widthOf(tensor.dtype);
  const stride = tensor.stride ?? rowMajorStrides(tensor.shape);
  let positions = [tensor.offset ?? 0];
  for (const [depth, size] of tensor.shape.entries()) {
    positions = positions.flatMap((position) =>
      Array.from({ length: size }, (_, index) => position + index * (stride[depth] ?? 0)),
    );
  }
  const little = tensor.data?.byteOrder === 'little';
  return positions.map((position) => naiveElement(tensor.dtype, bytes, position * width, little));
}

/** Statistics the textbook's way: the mean first, then everything around it. */
export function naiveStatistics(elements: readonly (number | bigint)[][]) {
  const values = elements.map((parts) => (parts.length === 2 ? Math.hypot(...parts.map(Number)) : parts[0]));
  const numbers = values.map(Number);
  const finite = numbers.filter(Number.isFinite);
  const exact = values.filter((value) => Number.isFinite(Number(value))) as (number | bigint)[];
  const sorted = exact.toSorted((a, b) => (a < b ? -1 : 1));
  const mean = finite.reduce((sum, value) => sum + value / finite.length, 0);
  const spread = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    count: numbers.length,
    nan: numbers.filter(Number.isNaN).length,
    posinf: numbers.filter((value) => value === Number.POSITIVE_INFINITY).length,
    neginf: numbers.filter((value) => value === Number.NEGATIVE_INFINITY).length,
    zeros: numbers.filter((value) => value === 0).length,
    min: sorted[0] ?? 0,
    max: sorted.at(-1) ?? 0,
    mean,
    std: Math.sqrt(spread / finite.length),
    l2: Math.sqrt(finite.reduce((sum, value) => sum + value * value, 0)),
    l1: finite.reduce((sum, value) => sum + Math.abs(value), 0),
  };
}

/** A tensor of random type, shape, strides and bytes, the same for the same seed, with its storage. */
export function randomTensor(seed: number, dtype?: string): { tensor: Tensor; bytes: Buffer } {
  const random = seededRandom(seed);
  const type = dtype ?? (allTypes[random(allTypes.length)] as string);
  const shape = Array.from({ length: random(5) }, () => random(6));
  const order = shape.map((_, index) => index).sort(() => random(3) - 1);
  const stride = randomStrides(shape, order, random);
  const offset = random(4);
  const last = shape.reduce(
    (position, size, depth) => position + Math.max(0, size - 1) * (stride[depth] ?? 0),
    offset,
  );
  const bytes = Buffer.from(
    Array.from({ length: (last + 1 + random(3)) * widthOf(type) }, () => random(256)),
  );
  const byteOrder = random(3) === 0 ? 'big' : 'little';
  return { tensor: tensorOf(type, shape, bytes, { stride, offset, byteOrder }), bytes };
}

/** Dense ones in any order, ones with gaps, repeated ones, and now and then any at all. */
function randomStrides(
  shape: readonly number[],
  order: readonly number[],
  random: (limit: number) => number,
): number[] {
  const stride = new Array<number>(shape.length).fill(0);
  let next = 1;
  for (const depth of order) {
    stride[depth] = next;
    next *= Math.max(1, shape[depth] ?? 1) + (random(4) === 0 ? random(3) : 0);
    if (random(6) === 0) stride[depth] = random(3);
  }
  return stride;
}

/** Indices of the first dimension where all is zero. */
export function naiveDeadRows({ shape }: Tensor, elements: readonly (number | bigint)[][]): number {
  const length = elements.length / (shape[0] ?? 1);
  const rows = Array.from({ length: shape[0] ?? 0 }, (_, row) =>
    elements.slice(row * length, (row + 1) * length),
  );
  return rows.filter((row) => row.every((parts) => parts.every((part) => Number(part) === 0))).length;
}
