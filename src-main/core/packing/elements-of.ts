import { setImmediate as nextTurn } from 'node:timers/promises';
import { ModelValidationError } from '../errors.ts';
import { elementSizes } from '../formats/element-sizes.ts';
import { countElements, isWalkable, joinDimensions, type Layout } from '../tensors/layout.ts';
import { blockLength } from '../tensors/measure-elements.ts';
import { ElementReader, type ReadBytes } from '../tensors/read-elements.ts';
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
export async function elementsOf(tensor: TorchTensor): Promise<Elements> {
  const { storage } = tensor;
  const layout = walkableLayout(tensor);
  const elements = new Uint8Array(countElements(layout) * widthOf(storage));
  let at = 0;
  for await (const block of blocksOf(tensor, await bytesOf(storage))) {
    elements.set(block, at);
    at += block.length;
  }
  return asArray(elements.buffer, storage.dtype);
}

/**
 * The elements of a tensor as bytes, row by row, block by block; each is valid until the next is asked for. Between them others have their turn.
 * @param bytes those of its storage
 * @throws ModelValidationError as {@link elementsOf}
 */
export async function* blocksOf(tensor: TorchTensor, bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const width = widthOf(tensor.storage);
  const read: ReadBytes = (position, length) => bytes.subarray(position, position + length);
  const reader = new ElementReader(walkableLayout(tensor), width, read, Number.POSITIVE_INFINITY);
  for (let done = 0; done < reader.count; ) {
    if (done > 0) await nextTurn();
    const block = await reader.take(done, blockLength);
    done += block.length / width;
    yield block;
  }
}

/** The bytes of a storage in memory: its own where they lie there in one piece already. */
export async function bytesOf(storage: Storage): Promise<Uint8Array> {
  const { byteLength } = storage;
  const chunks = storage.chunks();
  const [first] = Array.isArray(chunks) ? chunks : [];
  if (first instanceof Uint8Array && first.length === byteLength && first.byteOffset % longestWord === 0)
    return first;
  const bytes = new Uint8Array(byteLength);
  let at = 0;
  for await (const chunk of chunks) {
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

/** Bytes that are read as words begin at a multiple of this; others would be copied for each block. */
const longestWord = 4;

const widthOf = ({ dtype }: Storage): number => elementSizes.get(dtype) ?? 1;

function walkableLayout({ storage, shape, stride, offset }: TorchTensor): Layout {
  const dimensions = joinDimensions(shape.map((size, axis) => ({ size, stride: stride[axis] ?? 0 })));
  const layout = { offset, dimensions };
  if (isWalkable(layout, storage.byteLength / widthOf(storage))) return layout;
  throw new ModelValidationError(
    `cannot read a tensor of [${shape.join(', ')}] — it repeats ${storage.byteLength} bytes — go on without it`,
  );
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
