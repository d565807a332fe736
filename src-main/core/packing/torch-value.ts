import { ModelValidationError } from '../errors.ts';
import { elementSizes } from '../formats/element-sizes.ts';
import { rowMajorStrides } from '../tensors/layout.ts';

/** Where elements are, one after the other, little-endian. Tensors that name the same one share it in the file too. */
export interface Storage {
  /** PyTorch's short name: `float32`, `bfloat16`, … */
  readonly dtype: string;
  readonly byteLength: number;
  /** The bytes, from the first on; may be asked for more than once. */
  chunks(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Some elements of a storage: `offset` and `stride` are counted in elements. */
export class TorchTensor {
  readonly storage: Storage;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;

  /** @throws ModelValidationError where it would reach out of its storage, or has elements that PyTorch does not know */
  constructor(
    storage: Storage,
    shape: readonly number[],
    stride: readonly number[] = rowMajorStrides(shape),
    offset = 0,
  ) {
    assertInside(storage, shape, stride, offset);
    this.storage = storage;
    this.shape = shape;
    this.stride = stride;
    this.offset = offset;
  }
}

/** A number that is a float in Python, also where it is whole: 1.0. */
export class PythonFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A list that is a tuple in Python. */
export class PythonTuple {
  readonly items: readonly TorchValue[];

  constructor(items: readonly TorchValue[]) {
    this.items = items;
  }
}

/** What a checkpoint may hold. A number is an int in Python where it is whole, else a float; a bigint is an int. */
export type TorchValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PythonFloat
  | PythonTuple
  | TorchTensor
  | readonly TorchValue[]
  | ReadonlyMap<TorchKey, TorchValue>
  | { readonly [key: string]: TorchValue };
export type TorchKey = boolean | number | bigint | string;

/** Whether it is an object that was written as a dictionary, and no instance of a class. */
export function isPlainDict(value: TorchValue): value is { readonly [key: string]: TorchValue } {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Numbers in memory, of any type that a tensor may have. */
export type Elements =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/**
 * A tensor of a typed array's elements; they are not copied. `dtype` says what they are where the array cannot: `bool` and the float8s of a
 * Uint8Array, `float16` and `bfloat16` of a Uint16Array, `complex64` and `complex128` of pairs of floats.
 * @throws ModelValidationError where there are not as many as the shape needs
 */
export function tensorOf(
  elements: Elements,
  shape?: readonly number[],
  dtype = dtypeOf(elements),
): TorchTensor {
  const size = sizeOf(dtype);
  const count = elements.byteLength / size;
  const whole = shape ?? [count];
  const wanted = whole.reduce((product, length) => product * length, 1);
  if (wanted !== count)
    throw invalid(`[${whole.join(', ')}] needs ${wanted} elements of ${dtype}, and there are ${count}`);
  return new TorchTensor(storageOf(elements, dtype), whole);
}

/** The bytes of a typed array as a storage. */
export function storageOf(elements: Elements, dtype = dtypeOf(elements)): Storage {
  const bytes = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
  return { dtype, byteLength: bytes.length, chunks: () => [bytes] };
}

const dtypes: ReadonlyMap<string, string> = new Map([
  ['Float32Array', 'float32'],
  ['Float64Array', 'float64'],
  ['Int8Array', 'int8'],
  ['Int16Array', 'int16'],
  ['Int32Array', 'int32'],
  ['BigInt64Array', 'int64'],
  ['Uint8Array', 'uint8'],
  ['Uint16Array', 'uint16'],
  ['Uint32Array', 'uint32'],
  ['BigUint64Array', 'uint64'],
]);

function dtypeOf(elements: Elements): string {
  return dtypes.get(elements[Symbol.toStringTag]) ?? elements[Symbol.toStringTag];
}

function sizeOf(dtype: string): number {
  const size = elementSizes.get(dtype);
  if (size === undefined) throw invalid(`PyTorch has no elements of type ${dtype}`);
  return size;
}

function assertInside(
  { dtype, byteLength }: Storage,
  shape: readonly number[],
  stride: readonly number[],
  offset: number,
): void {
  const size = sizeOf(dtype);
  const counts = [...shape, ...stride, offset];
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0) || shape.length !== stride.length)
    throw invalid('its shape, strides and offset must be counts, as many strides as dimensions');
  if (byteLength % size !== 0) throw invalid(`${byteLength} bytes are no whole elements of ${dtype}`);
  if (shape.includes(0)) return;
  const last = shape.reduce((at, length, axis) => at + (length - 1) * (stride[axis] ?? 0), offset);
  if (last >= byteLength / size)
    throw invalid(`it reaches to element ${last} of a storage of ${byteLength / size}`);
}

function invalid(why: string): ModelValidationError {
  return new ModelValidationError(`cannot make a tensor — ${why} — give it what it is made of`);
}
