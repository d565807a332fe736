import type { Tensor } from '../contents.ts';
import { formatCount, plainName } from '../plain-text.ts';
import { positionalSource, type Source } from '../source.ts';
import { endsInside } from '../torch/ends-inside.ts';
import { type Hdf5Tensors, readHdf5Tensors } from './read-tensors.ts';

/** A file is not taken for so many times longer than it is. */
const mostMissing = 1000;

/**
 * What a file whose end is missing still has: its library opens none, and is given zeros for what is not there. Datasets are those of
 * which all that describes them is there; elements count where they lie in the file as they are, and all of them do. Null where the
 * file is nothing near the length that it promises. @param promised its length by its own account @throws Damage
 */
export async function recoverHdf5Tensors(source: Source, promised: number): Promise<Hdf5Tensors | null> {
  const { readNow } = source;
  if (!readNow || !Number.isSafeInteger(promised) || promised > mostMissing * source.size) return null;
  const padded = positionalSource(
    source.name,
    promised,
    async (offset, length) => readPadded(source.size, readNow, offset, length),
    {
      place: source.place,
      readNow: (offset, length) => readPadded(source.size, readNow, offset, length),
    },
  );
  const found = await readHdf5Tensors(padded);
  const recovered = found.tensors.map((tensor) => recoverElements(tensor, padded, source));
  return {
    ...found,
    tensors: recovered.map(({ tensor }) => tensor),
    problems: [...found.problems, ...recovered.flatMap(({ problem }) => problem ?? [])],
  };
}

function readPadded(
  size: number,
  readNow: NonNullable<Source['readNow']>,
  offset: number,
  length: number,
): Buffer {
  const there = Math.max(0, Math.min(length, size - offset));
  const bytes = Buffer.alloc(length);
  if (there > 0) readNow(offset, there).copy(bytes);
  return bytes;
}

/** What is packed, or in pieces, may have any of them missing. */
function recoverElements(
  tensor: Tensor,
  padded: Source,
  source: Source,
): { tensor: Tensor; problem: string | null } {
  const { data, name, bytes } = tensor;
  if (data?.source !== padded) return { tensor: { ...tensor, data: null }, problem: null };
  const there = Math.max(0, Math.min(data.length, source.size - data.start));
  if (there === data.length) return { tensor: { ...tensor, data: { ...data, source } }, problem: null };
  const problem = `${plainName(name)}: ${endsInside(there, bytes)}`;
  return { tensor: { ...tensor, data: null }, problem };
}

/** What is said of a torn file beside what its problems are. */
export function describeRecovered({ tensors }: Hdf5Tensors): string {
  const held = tensors.filter(({ data }) => data !== null);
  return `${formatCount(held.length)} of ${formatCount(tensors.length)} datasets whose names are left have all of their elements`;
}
