import { elementTypes, toNative } from '../../tensors/element-types.ts';
import type { Value } from '../pickle/value.ts';
import { rebuildTensor } from './rebuild-tensor.ts';
import type { Surroundings } from './surroundings.ts';

/** The numbers of tensors of one element, by what describes them in a pickle. */
export type Scalars = ReadonlyMap<Value, number>;

export const noScalars: Scalars = new Map();

/** Frameworks keep a few of them; each is a read of its own. */
const most = 100;

/** The numbers of those of these values that are tensors of one element, and real; what cannot be read has none. */
export async function readScalars(values: Iterable<Value>, around: Surroundings): Promise<Scalars> {
  const found = new Map<Value, number>();
  for (const value of [...new Set(values)].slice(0, most)) {
    const number = await readScalar(value, around);
    if (number !== null) found.set(value, number);
  }
  return found;
}

async function readScalar(value: Value, around: Surroundings): Promise<number | null> {
  const tensor = rebuildTensor(value, around);
  if (tensor === null || tensor === 'malformed' || !tensor.data || tensor.data.text) return null;
  const type = elementTypes.get(tensor.dtype);
  if (type?.parts !== 1 || tensor.quantized || tensor.shape.some((size) => size !== 1)) return null;
  const { source, start, byteOrder } = tensor.data;
  const bytes = await source.read(start + (tensor.offset ?? 0) * type.width, type.width);
  const out = new Float64Array(1);
  type.decode(toNative(bytes, type, byteOrder), out);
  return out[0] ?? null;
}
