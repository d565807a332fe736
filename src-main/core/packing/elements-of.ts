import { ModelValidationError } from '../errors.ts';
import { elementSizes } from '../formats/element-sizes.ts';
import { countElements, type Dimension, isWalkable, joinDimensions } from '../tensors/layout.ts';
import {
  type Elements,
  isPlainDict,
  PythonTuple,
  type Storage,
  type TorchKey,
  type TorchTensor,
  type TorchValue,
} from './torch-value.ts';

/**
 * The elements of a tensor, row by row, as an array that {@link tensorOf} makes the same tensor of: of `float16` and `bfloat16` a Uint16Array,
 * of complex numbers pairs. They are a copy.
 * @throws ModelValidationError where they repeat what the tensor is made of so often that there is no end
 */
export async function elementsOf({ storage, shape, stride, offset }: TorchTensor): Promise<Elements> {
  const size = elementSizes.get(storage.dtype) ?? 1;
  const dimensions = shape.map((length, axis) => ({ size: length, stride: stride[axis] ?? 0 }));
  if (!isWalkable({ offset, dimensions }, storage.byteLength / size))
    throw new ModelValidationError(
      `cannot read a tensor of [${shape.join(', ')}] — it repeats ${storage.byteLength} bytes — go on without it`,
    );
  const bytes = await bytesOf(storage);
  const elements = new Uint8Array(countElements({ dimensions }) * size);
  let at = 0;
  for (const [start, count] of runsOf(dimensions, offset)) {
    elements.set(bytes.subarray(start * size, (start + count) * size), at);
    at += count * size;
  }
  return asArray(elements.buffer, storage.dtype);
}

/** The bytes of a storage in memory. */
export async function bytesOf({ byteLength, chunks }: Storage): Promise<Uint8Array> {
  const bytes = new Uint8Array(byteLength);
  let at = 0;
  for await (const chunk of chunks()) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** What a state holds under these keys, each of a dictionary, or the place in a list or tuple; undefined where there is nothing. */
export function valueAt(state: TorchValue, keys: readonly TorchKey[]): TorchValue | undefined {
  let value: TorchValue | undefined = state;
  for (const key of keys) value = inside(value, key);
  return value;
}

function inside(value: TorchValue | undefined, key: TorchKey): TorchValue | undefined {
  if (value instanceof Map) return value.get(key);
  if (value instanceof PythonTuple) return value.items[Number(key)];
  if (Array.isArray(value)) return value[Number(key)];
  return value !== undefined && isPlainDict(value) ? own(value, String(key)) : undefined;
}

function own(dict: { readonly [key: string]: TorchValue }, key: string): TorchValue | undefined {
  return Object.hasOwn(dict, key) ? dict[key] : undefined;
}

/** Where elements lie one after the other: the first of them, and how many, both in elements. */
function* runsOf(dimensions: readonly Dimension[], offset: number): Generator<[number, number]> {
  if (dimensions.some(({ size }) => size === 0)) return;
  const joined = joinDimensions(dimensions);
  const last = joined.at(-1);
  const [outer, count] = last?.stride === 1 ? [joined.slice(0, -1), last.size] : [joined, 1];
  for (const start of startsOf(outer, offset)) yield [start, count];
}

function* startsOf([first, ...others]: readonly Dimension[], offset: number): Generator<number> {
  if (!first) return yield offset;
  for (let index = 0; index < first.size; index += 1) yield* startsOf(others, offset + index * first.stride);
}

type ArrayOf = new (buffer: ArrayBuffer) => Elements;

const arrays: ReadonlyMap<string, ArrayOf> = new Map<string, ArrayOf>([
  ['float64', Float64Array],
  ['float32', Float32Array],
  ['float16', Uint16Array],
  ['bfloat16', Uint16Array],
  ['int64', BigInt64Array],
  ['int32', Int32Array],
  ['int16', Int16Array],
  ['int8', Int8Array],
  ['uint64', BigUint64Array],
  ['uint32', Uint32Array],
  ['uint16', Uint16Array],
  ['complex32', Uint16Array],
  ['complex64', Float32Array],
  ['complex128', Float64Array],
]);

/** Of types that no array has they are bytes. */
function asArray(buffer: ArrayBuffer, dtype: string): Elements {
  return new (arrays.get(dtype) ?? Uint8Array)(buffer);
}
