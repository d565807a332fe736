import { ByteReader } from '../byte-reader.ts';
import { rule } from '../damage.ts';
import { mostDimensions } from '../most-dimensions.ts';
import { type Field, type FieldBudget, walkFields } from '../onnx/walk-fields.ts';
import { plainName } from '../plain-text.ts';
import { bufferSource, type Source } from '../source.ts';
import { tensorflowType } from './data-types.ts';
import { readTable, type TableEntry } from './read-table.ts';

/** What an index says of one tensor. Its elements are in a file beside it. */
export interface BundleEntry {
  key: string;
  dtype: string;
  shape: number[];
  /** Of the files beside it that hold the elements. */
  shard: number;
  /** In that file, in bytes, like `size`. */
  offset: number;
  size: number;
}

export interface Bundle {
  /** How many files beside it hold elements. */
  shards: number;
  isBigEndian: boolean;
  entries: BundleEntry[];
}

const mostFields = 100_000;

/** All that an index says. @throws Damage where it is damaged. tensorflow/core/protobuf/tensor_bundle.proto */
export async function readBundle(source: Source): Promise<Bundle> {
  const bundle: Bundle = { shards: 0, isBigEndian: false, entries: [] };
  for await (const block of readTable(source))
    for (const entry of block) {
      if (entry.key === '') Object.assign(bundle, await readHeader(entry));
      else bundle.entries.push(await readEntry(entry));
    }
  rule(bundle.shards > 0, 'it does not say how many files hold its tensors');
  const shards = new Set(bundle.entries.map(({ shard }) => shard));
  const isThere = [...shards].every((shard) => shard < bundle.shards);
  rule(isThere, 'one of its tensors is in a file that there is not');
  return bundle;
}

async function readHeader({ value }: TableEntry): Promise<Pick<Bundle, 'shards' | 'isBigEndian'>> {
  const numbers = await readNumbers(value);
  return { shards: numbers.get(1) ?? 0, isBigEndian: numbers.get(2) === 1 };
}

async function readEntry({ key, value }: TableEntry): Promise<BundleEntry> {
  const shape: number[] = [];
  const numbers = await readNumbers(value, (reader, field, budget) =>
    field.number === 2 ? readShape(reader, field, budget, shape) : undefined,
  );
  const [type = 0, shard = 0, offset = 0, size = 0] = [1, 3, 4, 5].map((field) => numbers.get(field) ?? 0);
  const isPlausible = [...shape, offset, size].every(Number.isSafeInteger);
  rule(isPlausible, () => `tensor ${plainName(key)} asks for more than there can be`);
  return { key, dtype: tensorflowType(type), shape, shard, offset, size };
}

type OnMessage = (reader: ByteReader, field: Field, budget: FieldBudget) => Promise<void> | undefined;

/** The numbers among the fields of a message, by field. */
async function readNumbers(bytes: Buffer, onMessage?: OnMessage): Promise<Map<number, number>> {
  const reader = new ByteReader(bufferSource('', bytes), 0, bytes.length, Number.POSITIVE_INFINITY);
  const budget = { fields: mostFields };
  const numbers = new Map<number, number>();
  await walkFields(reader, bytes.length, budget, (field) => {
    if (field.wire === 0) numbers.set(field.number, field.value);
    return field.wire === 2 ? onMessage?.(reader, field, budget) : undefined;
  });
  return numbers;
}

/** tensorflow/core/framework/tensor_shape.proto; a side of 0 is not written. */
async function readShape(
  reader: ByteReader,
  { end }: Field,
  budget: FieldBudget,
  shape: number[],
): Promise<void> {
  await walkFields(reader, end, budget, (dimension) => {
    if (dimension.number !== 2 || dimension.wire !== 2) return;
    shape.push(0);
    rule(shape.length <= mostDimensions, 'a tensor has more dimensions than there can be');
    return walkFields(reader, dimension.end, budget, (field) => {
      if (field.number === 1 && field.wire === 0) shape[shape.length - 1] = field.value;
    });
  });
}
