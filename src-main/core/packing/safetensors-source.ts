import { ModelValidationError } from '../errors.ts';
import type { Chunks } from '../files/stage-file.ts';
import type { Tensor } from '../formats/contents.ts';
import { elementSizes } from '../formats/element-sizes.ts';
import { typeInHeader } from '../formats/safetensors/dtypes.ts';
import { elementBlocks, type Walk, walkRows } from '../tensors/element-blocks.ts';

interface Placed {
  name: string;
  type: string;
  walk: Walk;
  bytes: number;
}

/**
 * A safetensors file with these tensors, each written by itself in the order of its shape, and texts beside them. What is widest stands
 * first, so that all are aligned.
 * @throws ModelValidationError for a tensor that the format has no type for, or whose elements cannot be read
 */
export function safetensorsSource(
  tensors: ReadonlyMap<string, Tensor>,
  notes: ReadonlyMap<string, string>,
): Chunks {
  const placed = [...tensors].map(([name, tensor]) => place(name, tensor));
  placed.sort((a, b) => b.walk.type.width - a.walk.type.width);
  return chunksOf(headerOf(placed, notes), placed);
}

async function* chunksOf(header: Buffer, placed: readonly Placed[]): AsyncGenerator<Uint8Array> {
  yield header;
  for (const { walk } of placed) yield* elementBlocks(walk);
}

function place(name: string, tensor: Tensor): Placed {
  const type = typeInHeader(tensor.dtype);
  if (type === null) throw cannot(name, `safetensors has no elements of type ${tensor.dtype}`);
  if (name === '__metadata__') throw cannot(name, 'safetensors keeps its notes under this name');
  const walk = walkRows(tensor);
  if (walk === null) throw cannot(name, 'its elements cannot be read in their order');
  return { name, type, walk, bytes: walk.count * (elementSizes.get(tensor.dtype) ?? 0) };
}

/** Its length in eight bytes, and JSON filled up with spaces to a multiple of eight. */
function headerOf(placed: readonly Placed[], notes: ReadonlyMap<string, string>): Buffer {
  let end = 0;
  const entries = placed.map(({ name, type, walk, bytes }) => {
    const begin = end;
    end += bytes;
    return [name, { dtype: type, shape: walk.tensor.shape, data_offsets: [begin, end] }] as const;
  });
  const metadata = notes.size > 0 ? [['__metadata__', Object.fromEntries(notes)] as const] : [];
  const json = Buffer.from(JSON.stringify(Object.fromEntries([...metadata, ...entries])));
  const header = Buffer.alloc(8 + 8 * Math.ceil(json.length / 8), ' ');
  header.writeBigUInt64LE(BigInt(header.length - 8));
  json.copy(header, 8);
  return header;
}

function cannot(name: string, why: string): ModelValidationError {
  return new ModelValidationError(`cannot write ${name} — ${why} — write a .pt file instead`);
}
