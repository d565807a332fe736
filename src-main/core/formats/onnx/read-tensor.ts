import type { ByteReader } from '../byte-reader.ts';
import type { PieceBeside, StorageBytes, Tensor } from '../contents.ts';
import { rule } from '../damage.ts';
import { mostDimensions } from '../most-dimensions.ts';
import { plainName } from '../plain-text.ts';
import { longestRead, type Source } from '../source.ts';
import { dataType } from './data-types.ts';
import { readVarint } from './read-varint.ts';
import { openVarints } from './unpack-varints.ts';
import { CutOff, type Field, type FieldBudget, readPair, readText, walkFields } from './walk-fields.ts';

/** A TensorProto as far as it is of use. onnx.proto, message TensorProto. */
interface Initializer {
  name: string;
  type: number;
  dims: number[];
  /** Where its elements stand as they are: raw_data, or packed float_data or double_data. */
  data: { start: number; length: number } | null;
  /** Where they stand as varints: packed int32_data, int64_data or uint64_data. */
  varints: { start: number; length: number } | null;
  /** What it says of the file that its elements are in: where that is, from and how much. onnx.proto, external_data */
  elsewhere: Map<string, string>;
}

/**
 * The initializer in a field; where the file ends inside it, without its elements, or null where not even its name is
 * there. No element is read. @throws Damage
 */
export async function readTensor(
  source: Source,
  reader: ByteReader,
  { end, isCut }: Field,
  budget: FieldBudget,
): Promise<Tensor | null> {
  const initializer: Initializer = {
    name: '',
    type: 0,
    dims: [],
    data: null,
    varints: null,
    elsewhere: new Map(),
  };
  try {
    await walkFields(reader, end, budget, (field) =>
      takers.get(field.number)?.(initializer, field, reader, budget),
    );
  } catch (error) {
    if (!isCut || !(error instanceof CutOff)) throw error;
    if (initializer.name === '') return null;
    Object.assign(initializer, { data: null, varints: null });
  }
  return toTensor(source, initializer);
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

const takeVarints: Take = (into, field) => {
  if (field.wire === 2) into.varints = { start: field.start, length: field.end - field.start };
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
  [5, takeVarints],
  [7, takeVarints],
  [
    8,
    async (into, field, reader) => {
      into.name = await readText(reader, field);
    },
  ],
  [9, takeData],
  [10, takeData],
  [11, takeVarints],
  [13, takeElsewhere],
]);

/** One at a time, or packed. */
export function takeDims(
  into: Pick<Initializer, 'dims'>,
  field: Field,
  reader: ByteReader,
): void | Promise<void> {
  if (field.wire !== 0) return takePacked(into, field, reader);
  addDim(into, field.value);
}

async function takePacked(into: Pick<Initializer, 'dims'>, field: Field, reader: ByteReader): Promise<void> {
  const length = field.end - field.start;
  rule(
    !field.isCut && length <= 10 * mostDimensions && (await reader.fill(length)),
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

function addDim({ dims }: Pick<Initializer, 'dims'>, size: number): void {
  rule(dims.length < mostDimensions, 'a tensor of the model has more dimensions than there can be');
  dims.push(size);
}

/** A pair of texts, of which the first of each key counts. Nothing is opened. */
async function takeElsewhere(
  { elsewhere }: Initializer,
  field: Field,
  reader: ByteReader,
  budget: FieldBudget,
): Promise<void> {
  const [key, value] = await readPair(reader, field.end, budget);
  if (placeKeys.has(key) && !elsewhere.has(key)) elsewhere.set(key, value);
}

const placeKeys: ReadonlySet<string> = new Set(['location', 'offset', 'length']);

/** @throws Damage */
function placeBeside(
  elsewhere: ReadonlyMap<string, string>,
  label: string,
  bytes: number,
): PieceBeside | undefined {
  const location = elsewhere.get('location');
  if (location === undefined) return undefined;
  const [start, length] = [elsewhere.get('offset') ?? 0, elsewhere.get('length') ?? bytes].map(Number);
  const isPlace = isCount(start) && (length === bytes || bytes === 0);
  rule(isPlace, `tensor ${label} has another place or length in ${plainName(location)} than there can be`);
  return { location, start, length: bytes };
}

const isCount = (value: number | undefined): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

function toTensor(source: Source, initializer: Initializer): Tensor {
  const { name, type, dims, data, varints, elsewhere } = initializer;
  const label = plainName(name);
  rule(dims.every(Number.isSafeInteger), `tensor ${label} asks for more than there can be`);
  const { dtype, bits } = dataType(type);
  const elements = dims.reduce((product, size) => product * size, 1);
  const bytes = Math.ceil((elements * bits) / 8);
  const beside = placeBeside(elsewhere, label, bytes);
  const isHere = beside === undefined && bits > 0;
  const tooShort = `tensor ${label} is not as long as its shape and type say`;
  rule(!isHere || data === null || data.length === bytes, tooShort);
  rule(!isHere || varints === null || elements <= varints.length, tooShort);
  return {
    name,
    dtype,
    shape: dims,
    stride: null,
    offset: null,
    bytes: Number.isSafeInteger(bytes) ? bytes : 0,
    storage: null,
    part: 'model',
    beside,
    data: isHere ? placeOf(source, { data, varints, elements, itemSize: bits / 8 }) : null,
  };
}

type Found = Pick<Initializer, 'data' | 'varints'> & { elements: number; itemSize: number };

function placeOf(source: Source, { data, varints, elements, itemSize }: Found): StorageBytes | null {
  if (data) return { source, ...data, byteOrder: 'little' };
  if (!varints || !Number.isInteger(itemSize) || varints.length > longestRead) return null;
  const unpacked = openVarints(source, { ...varints, elements, itemSize });
  return { source: unpacked, start: 0, length: unpacked.size, byteOrder: 'little' };
}
