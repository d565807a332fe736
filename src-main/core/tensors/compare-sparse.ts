import { inTurns } from '../files/in-turns.ts';
import type { StoredValues, Tensor } from '../formats/contents.ts';
import type { TensorPair } from './compare-tensors.ts';
import { compareComplex, compareReal, type Difference } from './difference.ts';
import { elementTypes } from './element-types.ts';
import { readNumbers } from './read-numbers.ts';

/** What is kept in memory of one tensor at most. */
const most = { places: 500_000, numbers: 4_000_000 };

/** What a sparse tensor stores: the same place may be there more than once, and its values then count together. */
interface Entries {
  /** Of each entry; within one layout and shape the same number is the same place. */
  places: readonly number[];
  /** Of each entry as many as `block`. */
  numbers: Float64Array;
  block: number;
  parts: 1 | 2;
}

/**
 * How far two sparse tensors of one shape are apart as the tensors that they stand for: what is stored in neither is equal. Null where
 * they are stored in different layouts, are too large to be kept in memory, or cannot be read.
 * Half a million places take a second to be found in each other: whatever else is due in this thread has its turn meanwhile.
 * @throws ModelManagerError when the bytes cannot be read; the signal's reason
 */
export async function compareSparse(
  { a, b }: TensorPair,
  signal: AbortSignal | undefined,
): Promise<Difference | null> {
  if (a.places === undefined || a.places.layout !== b.places?.layout) return null;
  const [one, other] = [await readEntries(a), await readEntries(b)];
  if (!one || !other || one.block !== other.block || one.parts !== other.parts) return null;
  const slots = await placesIn([one, other], signal);
  const [numbersA, numbersB] = [await gather(one, slots, signal), await gather(other, slots, signal)];
  const compare = one.parts === 2 ? compareComplex : compareReal;
  const count = a.shape.reduce((product, size) => product * size, 1);
  return { ...compare(numbersA, numbersB, numbersA.length / one.parts), count };
}

/** Each place that any of them stores, with a number of its own, counted up. */
async function placesIn(
  all: readonly Entries[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, number>> {
  const slots = new Map<number, number>();
  const note = (place: number) => slots.has(place) || slots.set(place, slots.size);
  for await (const some of inTurns(
    all.flatMap(({ places }) => places),
    signal,
  ))
    some.forEach(note);
  return slots;
}

/** What is stored at each of these places. */
async function gather(
  entries: Entries,
  slots: ReadonlyMap<number, number>,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const { places, block } = entries;
  const gathered = new Float64Array(slots.size * block);
  for await (const some of inTurns(places.entries(), signal))
    for (const [entry, place] of some) addBlock(gathered, slots.get(place) ?? 0, entries, entry);
  return gathered;
}

function addBlock(to: Float64Array, slot: number, { numbers, block }: Entries, entry: number): void {
  for (let at = 0; at < block; at += 1)
    to[slot * block + at] = (to[slot * block + at] as number) + (numbers[entry * block + at] as number);
}

async function readEntries({ shape, values, places }: Tensor): Promise<Entries | null> {
  if (!values || !places || !values.shape.every(Number.isSafeInteger)) return null;
  const [entries = 0, ...inner] = values.shape;
  const parts = elementTypes.get(values.dtype)?.parts;
  const block = inner.reduce((product, size) => product * size, parts ?? 1);
  if (!parts || entries > most.places || entries * block > most.numbers) return null;
  const numbers = await readExact(values);
  const found =
    places.layout === 'coo'
      ? await readCoordinates(places.indices, { entries, shape: shape.slice(0, shape.length - inner.length) })
      : await readCompressed(places.indices, { entries, shape });
  return numbers && found && { places: found, numbers, block, parts };
}

/** Null also for whole numbers that float64 rounds: unequal ones could look equal. */
async function readExact(values: StoredValues): Promise<Float64Array | null> {
  const numbers = await readNumbers(values);
  const isWide = values.dtype === 'int64' || values.dtype === 'uint64';
  return isWide && numbers?.some((value) => !Number.isSafeInteger(value)) ? null : numbers;
}

interface Stored {
  entries: number;
  /** Of the dimensions that places are told in. */
  shape: readonly number[];
}

/** torch/_tensor.py: a row of indices for each dimension. */
async function readCoordinates(
  [indices]: readonly StoredValues[],
  { entries, shape }: Stored,
): Promise<number[] | null> {
  const isWhole =
    indices?.shape.length === 2 && indices.shape[0] === shape.length && indices.shape[1] === entries;
  const rows = isWhole ? await readNumbers(indices) : null;
  const places = rows && placesOf(rows, { entries, shape });
  return places?.every(Number.isSafeInteger) ? places : null;
}

/** In row-major order of the shape; NaN for an index that is none. */
function placesOf(rows: Float64Array, { entries, shape }: Stored): number[] {
  const places = new Array<number>(entries).fill(0);
  for (const [dimension, size] of shape.entries()) {
    const row = rows.subarray(dimension * entries, (dimension + 1) * entries);
    for (const [entry, index] of row.entries())
      places[entry] = isIndex(index, size) ? (places[entry] as number) * size + index : Number.NaN;
  }
  return places;
}

/** Where the entries of each row (or column) begin and end, and the place of each within it. Batches of such are not read. */
async function readCompressed(
  [begins, within]: readonly StoredValues[],
  { entries, shape }: Stored,
): Promise<number[] | null> {
  const isWhole = begins?.shape.length === 1 && within?.shape.length === 1 && within.shape[0] === entries;
  if (!isWhole || (begins.shape[0] ?? 0) > most.numbers) return null;
  const [ends, inner] = [await readNumbers(begins), await readNumbers(within)];
  if (!ends || !inner || ends.at(-1) !== entries) return null;
  const width = Math.max(...shape);
  let row = 0;
  const places = Array.from(inner, (index, entry) => {
    while (entry >= (ends[row + 1] as number)) row += 1;
    return isIndex(index, width) ? row * width + index : Number.NaN;
  });
  return places.every(Number.isSafeInteger) ? places : null;
}

function isIndex(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && index >= 0 && index < size;
}
