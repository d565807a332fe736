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

/** Of all entries together: each has some twelve. */
const mostFields = 2_000_000;

/** All that an index says. @throws Damage where it is damaged. tensorflow/core/protobuf/tensor_bundle.proto */
export async function readBundle(source: Source): Promise<Bundle> {
  const reader = new BundleReader();
  for await (const block of readTable(source)) await reader.take(block);
  return reader.finish();
}

/** Takes what an index says entry by entry. */
export class BundleReader {
  readonly bundle: Bundle = { shards: 0, isBigEndian: false, entries: [] };
  readonly #budget = { fields: mostFields };

  /** @throws Damage for an entry that says what cannot be; those before it stay */
  async take(entries: readonly TableEntry[]): Promise<void> {
    for (const entry of entries) {
      if (entry.key === '') Object.assign(this.bundle, await readHeader(entry, this.#budget));
      else this.bundle.entries.push(await readEntry(entry, this.#budget));
    }
  }

  /** All of it. @throws Damage where its parts contradict each other */
  finish(): Bundle {
    const { shards, entries } = this.bundle;
    rule(shards > 0, 'it does not say how many files hold its tensors');
    const isThere = entries.every(({ shard }) => shard < shards);
    rule(isThere, 'one of its tensors is in a file that there is not');
    return this.bundle;
  }
}

async function readHeader(
  { value }: TableEntry,
  budget: FieldBudget,
): Promise<Pick<Bundle, 'shards' | 'isBigEndian'>> {
  const numbers = await readNumbers(value, budget);
  return { shards: numbers.get(1) ?? 0, isBigEndian: numbers.get(2) === 1 };
}

async function readEntry({ key, value }: TableEntry, budget: FieldBudget): Promise<BundleEntry> {
  const shape: number[] = [];
  const numbers = await readNumbers(value, budget, (reader, field) =>
    field.number === 2 ? readShape(reader, field, budget, shape) : undefined,
  );
  const [type = 0, shard = 0, offset = 0, size = 0] = [1, 3, 4, 5].map((field) => numbers.get(field) ?? 0);
  const isPlausible = [...shape, offset, size].every(Number.isSafeInteger);
  rule(isPlausible, () => `tensor ${plainName(key)} asks for more than there can be`);
  return { key, dtype: tensorflowType(type), shape, shard, offset, size };
}

type OnMessage = (reader: ByteReader, field: Field) => Promise<void> | undefined;

/** The numbers among the fields of a message, by field. */
async function readNumbers(
  bytes: Buffer,
  budget: FieldBudget,
  onMessage?: OnMessage,
): Promise<Map<number, number>> {
  const reader = new ByteReader(bufferSource('', bytes), 0, bytes.length, Number.POSITIVE_INFINITY);
  const numbers = new Map<number, number>();
  await walkFields(reader, bytes.length, budget, (field) => {
    if (field.wire === 0) numbers.set(field.number, field.value);
    return field.wire === 2 ? onMessage?.(reader, field) : undefined;
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
