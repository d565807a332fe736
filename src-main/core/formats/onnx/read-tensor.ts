import type { ByteReader } from '../byte-reader.ts';
import type { Tensor } from '../contents.ts';
import { rule } from '../damage.ts';
import { mostDimensions } from '../most-dimensions.ts';
import { plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { dataType } from './data-types.ts';
import { readVarint } from './read-varint.ts';
import { type Field, type FieldBudget, readPair, readText, walkFields } from './walk-fields.ts';

/** A TensorProto as far as it is of use. onnx.proto, message TensorProto. */
interface Initializer {
  name: string;
  type: number;
  dims: number[];
  /** Where its elements stand as they are: raw_data, or packed float_data or double_data. */
  data: { start: number; length: number } | null;
  /** The file it says its elements are in. */
  location: string | null;
}

export interface ReadTensor {
  tensor: Tensor;
  location: string | null;
}

/** The initializer that ends at `end`. None of its elements are read. @throws Damage */
export async function readTensor(
  source: Source,
  reader: ByteReader,
  end: number,
  budget: FieldBudget,
): Promise<ReadTensor> {
  const initializer: Initializer = { name: '', type: 0, dims: [], data: null, location: null };
  await walkFields(reader, end, budget, (field) =>
    takers.get(field.number)?.(initializer, field, reader, budget),
  );
  return { tensor: toTensor(source, initializer), location: initializer.location };
}

type Take = (
  into: Initializer,
  field: Field,
  reader: ByteReader,
  budget: FieldBudget,
) => void | Promise<void>;

const takeData: Take = (into, field) => {
  if (field.wire === 2) into.data = { start: field.start, length: field.end - field.start };
};

const takers: ReadonlyMap<number, Take> = new Map<number, Take>([
  [1, takeDims],
  [
    2,
    (into, { value }) => {
      into.type = value;
    },
  ],
  [4, takeData],
  [
    8,
    async (into, field, reader) => {
      into.name = await readText(reader, field);
    },
  ],
  [9, takeData],
  [10, takeData],
  [13, takeLocation],
]);

/** One at a time, or packed. */
function takeDims(into: Initializer, field: Field, reader: ByteReader): void | Promise<void> {
  if (field.wire !== 0) return takePacked(into, field, reader);
  addDim(into, field.value);
}

async function takePacked(into: Initializer, field: Field, reader: ByteReader): Promise<void> {
  const length = field.end - field.start;
  rule(
    length <= 10 * mostDimensions && (await reader.fill(length)),
    'a tensor of the model has a broken shape',
  );
  const bytes = reader.take(length);
  for (let at = 0; at < length; ) {
    const varint = readVarint(bytes, at);
    rule(varint !== null, 'a tensor of the model has a broken shape');
    addDim(into, varint.value);
    at = varint.end;
  }
}

function addDim({ dims }: Initializer, size: number): void {
  rule(dims.length < mostDimensions, 'a tensor of the model has more dimensions than there can be');
  dims.push(size);
}

/** A pair of texts: where, from and how much. Only where is shown; nothing is opened. */
async function takeLocation(
  into: Initializer,
  field: Field,
  reader: ByteReader,
  budget: FieldBudget,
): Promise<void> {
  const [key, value] = await readPair(reader, field.end, budget);
  if (key === 'location') into.location = value;
}

function toTensor(source: Source, { name, type, dims, data, location }: Initializer): Tensor {
  const label = plainName(name);
  rule(dims.every(Number.isSafeInteger), `tensor ${label} asks for more than there can be`);
  const { dtype, bits } = dataType(type);
  const elements = dims.reduce((product, size) => product * size, 1);
  const bytes = Math.ceil((elements * bits) / 8);
  const isHere = data !== null && location === null && bits > 0;
  rule(!isHere || data.length === bytes, `tensor ${label} is not as long as its shape and type say`);
  return {
    name,
    dtype,
    shape: dims,
    stride: null,
    offset: null,
    bytes: Number.isSafeInteger(bytes) ? bytes : 0,
    storage: null,
    part: 'model',
    data: isHere ? { source, ...data, byteOrder: 'little' } : null,
  };
}
