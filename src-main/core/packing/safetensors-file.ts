import { ModelValidationError } from '../errors.ts';
import { elementSizes } from '../formats/element-sizes.ts';
import { typeInHeader } from '../formats/safetensors/dtypes.ts';
import type { StreamedBytes } from '../save/save-request.ts';

/** A tensor to write; `elements` gives their bytes in the order of its shape, null where they cannot be had so. */
export interface NamedTensor {
  name: string;
  dtype: string;
  shape: readonly number[];
  elements: (() => AsyncIterable<Uint8Array>) | null;
}

interface Placed extends NamedTensor {
  elements: () => AsyncIterable<Uint8Array>;
  type: string;
  /** Of an element, and of all of them, in bytes. */
  width: number;
  bytes: number;
}

/**
 * A safetensors file with these tensors, each written by itself, and texts beside them. What is widest stands first, so that all are aligned.
 * @throws ModelValidationError for a tensor that the format has no type for, whose elements cannot be read, or whose name another has too
 */
export function safetensorsFile(
  tensors: readonly NamedTensor[],
  notes: ReadonlyMap<string, string>,
): StreamedBytes {
  const again = firstRepeated(tensors.map(({ name }) => name));
  if (again !== undefined)
    throw cannot(again, 'another tensor has this name too, and safetensors has each once');
  const placed = tensors.map(place).sort((a, b) => b.width - a.width);
  const header = headerOf(placed, notes);
  const size = placed.reduce((sum, { bytes }) => sum + bytes, header.length);
  return { chunks: chunksOf(header, placed), size };
}

/** The first name that was there before; a key `a.b` and a key `b` below `a` give the same. */
function firstRepeated(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}

async function* chunksOf(header: Buffer, placed: readonly Placed[]): AsyncGenerator<Uint8Array> {
  yield header;
  for (const { elements } of placed) yield* elements();
}

function place(tensor: NamedTensor): Placed {
  const { name, dtype, shape, elements } = tensor;
  const type = typeInHeader(dtype);
  if (type === null) throw cannot(name, `safetensors has no elements of type ${dtype}`);
  if (name === '__metadata__') throw cannot(name, 'safetensors keeps its notes under this name');
  if (elements === null) throw cannot(name, 'its elements cannot be read in their order');
  const width = elementSizes.get(dtype) ?? 0;
  const bytes = shape.reduce((product, length) => product * length, width);
  return { ...tensor, elements, type, width, bytes };
}

/** Its length in eight bytes, and JSON filled up with spaces to a multiple of eight. */
function headerOf(placed: readonly Placed[], notes: ReadonlyMap<string, string>): Buffer {
  let end = 0;
  const entries = placed.map(({ name, type, shape, bytes }) => {
    const begin = end;
    end += bytes;
    return [name, { dtype: type, shape, data_offsets: [begin, end] }] as const;
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
