import { countElements, type Dimension, type Layout } from './layout.ts';

/** Bytes of a storage, `position` counted from its beginning; what it gives may be overwritten by the next call. */
export type ReadBytes = (position: number, length: number) => Uint8Array | Promise<Uint8Array>;

/** Bytes that are read at once so that elements among them can be picked out. */
export const longestSpan = 4 * 1024 * 1024;

/** Gives elements one after the other. */
export interface ReadsElements {
  /** How many there are. */
  readonly count: number;
  /** The bytes of elements from `first` on, at least one and `most` at most. Valid until the next call. */
  take(first: number, most: number): Promise<Uint8Array>;
}

/** Reads the elements of a layout in its own order, wherever they lie, as bytes one after the other. */
export class ElementReader implements ReadsElements {
  readonly count: number;
  readonly #layout: Layout;
  readonly #width: number;
  readonly #read: ReadBytes;
  readonly #span: number;
  /** Whether they lie one after the other, so that nothing needs to be picked out. */
  readonly #isDense: boolean;

  /** `width`: bytes of an element. `span`: bytes that may be read to pick elements out of. */
  constructor(layout: Layout, width: number, read: ReadBytes, span = longestSpan) {
    this.count = countElements(layout);
    this.#layout = layout;
    this.#width = width;
    this.#read = read;
    this.#span = Math.max(1, Math.floor(span / width));
    const [only] = layout.dimensions;
    this.#isDense = layout.dimensions.length === 0 || (layout.dimensions.length === 1 && only?.stride === 1);
  }

  /** Elements from `first` on, at least one and `most` at most: fewer where they lie far apart. Valid until the next call. */
  async take(first: number, most: number): Promise<Uint8Array> {
    const wanted = Math.min(most, this.count - first);
    const { offset, dimensions } = this.#layout;
    if (this.#isDense) return this.#read((offset + first) * this.#width, wanted * this.#width);
    const indexes = indexesOf(first, dimensions);
    const { count, low, high } = this.#fitting(indexes, first, wanted);
    const bytes = await this.#read(low * this.#width, (high - low + 1) * this.#width);
    return pick(bytes, { dimensions, indexes, low: low - offset, count, width: this.#width });
  }

  /** As many of them as lie within one span, and from where to where they lie. */
  #fitting(indexes: readonly number[], first: number, wanted: number) {
    let count = wanted;
    let range = this.#rangeOf(indexes, first, count);
    while (count > 1 && range.high - range.low >= this.#span) {
      count = Math.ceil(count / 2);
      range = this.#rangeOf(indexes, first, count);
    }
    return { count, ...range };
  }

  /** Positions that surely hold all of them: nothing is known of the dimensions within the first that differs. */
  #rangeOf(indexes: readonly number[], first: number, count: number): { low: number; high: number } {
    const { offset, dimensions } = this.#layout;
    const ends = indexesOf(first + count - 1, dimensions);
    let [low, high] = [offset, offset];
    let differs = false;
    for (const [depth, { size, stride }] of dimensions.entries()) {
      const from: number = differs ? 0 : (indexes[depth] ?? 0);
      const to: number = differs ? size - 1 : (ends[depth] ?? 0);
      low += from * stride;
      high += to * stride;
      differs ||= from !== to;
    }
    return { low, high };
  }
}

/** A place in row-major order as an index for each dimension. */
function indexesOf(place: number, dimensions: readonly Dimension[]): number[] {
  let rest = place;
  return dimensions
    .toReversed()
    .map(({ size }) => {
      const index = rest % size;
      rest = Math.floor(rest / size);
      return index;
    })
    .reverse();
}

interface Picking {
  dimensions: readonly Dimension[];
  indexes: readonly number[];
  /** The position, without the layout's offset, of the first byte. */
  low: number;
  count: number;
  width: number;
}

/** Copies elements out of the bytes that hold them, in words as wide as an element allows. */
function pick(bytes: Uint8Array, { dimensions, indexes, low, count, width }: Picking): Uint8Array {
  const picked = new Uint8Array(count * width);
  const word = Math.min(4, width);
  const [from, to] = [wordsOf(bytes, word), wordsOf(picked, word)];
  const inner = dimensions.at(-1) ?? { size: 1, stride: 0 };
  const index = [...indexes];
  for (let done = 0; done < count; ) {
    const start = dimensions.reduce((sum, { stride }, depth) => sum + stride * (index[depth] ?? 0), -low);
    const run = Math.min(count - done, inner.size - (index.at(-1) ?? 0));
    copyRun(from, to, { start, stride: inner.stride, run, done, words: width / word });
    done += run;
    advance(index, dimensions);
  }
  return picked;
}

type Words = Uint8Array | Uint16Array | Uint32Array;

function wordsOf(bytes: Uint8Array, word: number): Words {
  const aligned = bytes.byteOffset % word === 0 ? bytes : new Uint8Array(bytes);
  if (word === 1) return aligned;
  const Words = word === 2 ? Uint16Array : Uint32Array;
  return new Words(aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.byteLength / word);
}

interface Run {
  start: number;
  stride: number;
  run: number;
  done: number;
  words: number;
}

function copyRun(from: Words, to: Words, { start, stride, run, done, words }: Run): void {
  for (let step = 0; step < run; step += 1) {
    const source = (start + step * stride) * words;
    const target = (done + step) * words;
    for (let word = 0; word < words; word += 1) to[target + word] = from[source + word] as number;
  }
}

/** To the beginning of the next row of the innermost dimension. */
function advance(index: number[], dimensions: readonly Dimension[]): void {
  let depth = dimensions.length - 1;
  index[depth] = 0;
  for (depth -= 1; depth >= 0; depth -= 1) {
    const next = (index[depth] ?? 0) + 1;
    index[depth] = next % (dimensions[depth]?.size ?? 1);
    if (next < (dimensions[depth]?.size ?? 1)) return;
  }
}
