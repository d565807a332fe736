import type { ByteReader } from '../byte-reader.ts';
import type { SparsePlaces, StoredValues, Tensor } from '../contents.ts';
import { rule } from '../damage.ts';
import type { Source } from '../source.ts';
import { readTensor, takeDims } from './read-tensor.ts';
import { type Field, type FieldBudget, walkFields } from './walk-fields.ts';

/** The tensor that stored values stand for, by their name. No element is read. onnx.proto, message SparseTensorProto. @throws Damage */
export async function readSparseTensor(
  source: Source,
  reader: ByteReader,
  { end }: Field,
  budget: FieldBudget,
): Promise<Tensor> {
  const parts = new Map<number, Tensor | null>();
  const shape: { dims: number[] } = { dims: [] };
  await walkFields(reader, end, budget, async (field) => {
    if (field.number === 3) await takeDims(shape, field, reader);
    else if (field.wire === 2 && field.number <= 2)
      parts.set(field.number, await readTensor(source, reader, field, budget));
  });
  const [values, indices] = [parts.get(1), parts.get(2)];
  rule(
    values !== undefined && values !== null && shape.dims.every(Number.isSafeInteger),
    'a sparse tensor of the model has no values, or a broken shape',
  );
  const { beside, ...held } = values;
  const elsewhere =
    beside && 'its stored values are in another file, where those of sparse tensors are not read';
  return {
    ...held,
    shape: shape.dims,
    data: null,
    notRead: elsewhere,
    values: storedIn(values),
    places: indices ? placesOf(indices, shape.dims) : undefined,
  };
}

function storedIn({ dtype, shape, data }: Tensor): StoredValues {
  return { dtype, shape, stride: null, offset: null, data };
}

/** One row for each value, where a row is all of its indices; of a list of values one index is enough. Null where they count through all elements. */
function placesOf(indices: Tensor, dims: readonly number[]): SparsePlaces | undefined {
  const [entries = 0, rank = 1] = indices.shape;
  if (rank !== dims.length) return undefined;
  const rows = { ...storedIn(indices), shape: [rank, entries], stride: [1, rank], offset: 0 };
  return { layout: 'coo', indices: [rows] };
}
