import { elementSizes } from '../formats/element-sizes.ts';
import type { Magnitudes } from './moments.ts';
import { floatTable } from './small-floats.ts';

/** Turns bytes in this machine's order, aligned to an element, into numbers. */
type Decode = (bytes: Uint8Array, out: Float64Array) => void;

/** A type whose elements are numbers, by PyTorch's short name. */
export interface ElementType extends Magnitudes {
  /** Bytes of one element. */
  width: number;
  /** How many numbers one element is: two, real and imaginary, for a complex one. */
  parts: 1 | 2;
  /** Fills `out` from its beginning: `parts` numbers for each element there is in `bytes`. */
  decode: Decode;
}

type View = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => ArrayLike<number>;

/** Types that JavaScript has an array for. */
const plain = (width: number, Numbers: View): Decode => {
  return (bytes, out) => out.set(new Numbers(bytes.buffer, bytes.byteOffset, bytes.byteLength / width));
};

const lookUp = (dtype: string): Decode => {
  return (bytes, out) => {
    const table = floatTable(dtype);
    const patterns =
      table.length === 256 ? bytes : new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
    for (let index = 0; index < patterns.length; index += 1) {
      out[index] = table[patterns[index] as number] as number;
    }
  };
};

const tabled = (...dtypes: string[]): [string, Decode][] => dtypes.map((dtype) => [dtype, lookUp(dtype)]);

const truth: Decode = (bytes, out) => {
  for (let index = 0; index < bytes.length; index += 1) out[index] = bytes[index] === 0 ? 0 : 1;
};

/** Rounded once, as a conversion to float64 is; exact up to 2^53. */
const wide = (High: typeof Int32Array | typeof Uint32Array): Decode => {
  return (bytes, out) => {
    const words = bytes.byteLength / 4;
    const low = new Uint32Array(bytes.buffer, bytes.byteOffset, words);
    const high = new High(bytes.buffer as ArrayBuffer, bytes.byteOffset, words);
    for (let index = 0; index < words / 2; index += 1) {
      out[index] = (high[2 * index + 1] as number) * 4294967296 + (low[2 * index] as number);
    }
  };
};

const decoders: readonly [dtype: string, decode: Decode, parts?: 2][] = [
  ['float64', plain(8, Float64Array)],
  ['float32', plain(4, Float32Array)],
  ...tabled('float16', 'bfloat16'),
  ...tabled('float8_e4m3fn', 'float8_e5m2', 'float8_e4m3fnuz', 'float8_e5m2fnuz', 'float8_e8m0fnu'),
  ['int8', plain(1, Int8Array)],
  ['int16', plain(2, Int16Array)],
  ['int32', plain(4, Int32Array)],
  ['int64', wide(Int32Array)],
  ['uint8', plain(1, Uint8Array)],
  ['uint16', plain(2, Uint16Array)],
  ['uint32', plain(4, Uint32Array)],
  ['uint64', wide(Uint32Array)],
  ['qint8', plain(1, Int8Array)],
  ['quint8', plain(1, Uint8Array)],
  ['qint32', plain(4, Int32Array)],
  ['bool', truth],
  ['complex32', lookUp('float16'), 2],
  ['complex64', plain(4, Float32Array), 2],
  ['complex128', plain(8, Float64Array), 2],
];

/** IEEE 754 for the large ones; for the small ones, two to the power of one less their bias. */
const leastNormals: ReadonlyMap<string, number> = new Map([
  ['float64', 2 ** -1022],
  ['complex128', 2 ** -1022],
  ['float32', 2 ** -126],
  ['complex64', 2 ** -126],
  ['bfloat16', 2 ** -126],
  ['float16', 2 ** -14],
  ['complex32', 2 ** -14],
  ['float8_e4m3fn', 2 ** -6],
  ['float8_e5m2', 2 ** -14],
  ['float8_e4m3fnuz', 2 ** -7],
  ['float8_e5m2fnuz', 2 ** -15],
]);

/** Half of the largest number of the types in which training overflows. */
const halvesOfLargest: ReadonlyMap<string, number> = new Map([
  ['float16', 65504 / 2],
  ['bfloat16', (2 - 2 ** -7) * 2 ** 126],
]);

/** Every type whose elements can be read. Those of quantized types are integers; packed ones are not among them. */
export const elementTypes: ReadonlyMap<string, ElementType> = new Map(
  decoders.map(([dtype, decode, parts]): [string, ElementType] => [
    dtype,
    {
      width: elementSizes.get(dtype) ?? 0,
      parts: parts ?? 1,
      leastNormal: leastNormals.get(dtype) ?? 0,
      nearOverflow: halvesOfLargest.get(dtype) ?? Number.POSITIVE_INFINITY,
      decode,
    },
  ]),
);

/**
 * Elements in this machine's byte order, aligned so that arrays of numbers can look at them. A copy where they are not;
 * what is given is never changed.
 */
export function toNative(
  bytes: Uint8Array,
  { width, parts }: ElementType,
  order: 'little' | 'big',
): Uint8Array {
  const part = width / parts;
  if (order === 'little' && bytes.byteOffset % part === 0) return bytes;
  const copy = Buffer.from(new Uint8Array(bytes).buffer);
  if (order === 'little' || part === 1) return copy;
  if (part === 2) return copy.swap16();
  return part === 4 ? copy.swap32() : copy.swap64();
}
