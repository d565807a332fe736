import { elementSizes } from '../formats/element-sizes.ts';
import { PythonFloat, PythonTuple, TorchTensor, type TorchValue } from './torch-value.ts';

/** A value as `fixtures/describe.py` tells what PyTorch made of it. */
export async function describeValue(value: TorchValue): Promise<unknown> {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return { text: value };
  if (typeof value === 'bigint') return { int: String(value) };
  if (typeof value === 'number') return describeNumber(value);
  if (value instanceof PythonFloat) return floatOf(value.value);
  return describeStructure(value);
}

type Structure = Exclude<TorchValue, null | boolean | number | bigint | string | PythonFloat>;

async function describeStructure(value: Structure): Promise<unknown> {
  if (value instanceof TorchTensor) return describeTensor(value);
  if (value instanceof PythonTuple) return { tuple: await describeAll(value.items) };
  if (Array.isArray(value)) return { list: await describeAll(value) };
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return { dict: await Promise.all(entries.map((pair) => describeAll(pair))) };
}

const describeAll = (values: readonly TorchValue[]) => Promise.all(values.map(describeValue));

function describeNumber(value: number) {
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? { int: String(value) } : floatOf(value);
}

function floatOf(value: number) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return { float: bytes.toString('hex') };
}

async function describeTensor({ storage, shape, stride, offset }: TorchTensor) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of storage.chunks()) chunks.push(chunk);
  const held = Buffer.concat(chunks);
  const size = elementSizes.get(storage.dtype) ?? 0;
  const bytes = placesOf(shape, stride, offset).map((at) => held.subarray(at * size, (at + 1) * size));
  return { tensor: storage.dtype, shape, stride, offset, bytes: Buffer.concat(bytes).toString('hex') };
}

/** Where the elements lie in their storage, the last dimension running fastest. */
function placesOf(shape: readonly number[], stride: readonly number[], offset: number): number[] {
  let places = [offset];
  for (const [axis, size] of shape.entries())
    places = places.flatMap((place) =>
      Array.from({ length: size }, (_, index) => place + index * (stride[axis] ?? 0)),
    );
  return places;
}
