import type { RecordedChecksum, StorageBytes, Tensor } from '../formats/contents.ts';
import type { Source } from '../formats/source.ts';

/**
 * Tensors as a few columns: between threads, tens of thousands of objects cost many times as much. Texts that are of one tensor alone stand one
 * after the other in `texts`; `lengths` tells where they end; `words` are those that many have.
 */
export interface PackedTensors {
  count: number;
  numbers: Float64Array;
  texts: string;
  lengths: Uint32Array;
  words: readonly string[];
}

const parts: readonly Tensor['part'][] = ['model', 'optimizer', 'other'];
/** In the place of a number, or of the place of a word, that is not there. */
const none = -1;

/** Whether nothing is to be told of it but what nearly all have: its elements stand in the open file as they are, or nowhere. */
export function isPlain({ data, beside, values, places, quantized, notRead }: Tensor): boolean {
  const isSpecial = beside ?? values ?? places ?? quantized ?? notRead ?? data?.text ?? data?.packed;
  return isSpecial === undefined && (data === null || data.source.place !== null);
}

/** @param tensors which are all {@link isPlain} */
export function packTensors(tensors: readonly Tensor[]): PackedTensors {
  const packing = new Packing();
  for (const tensor of tensors) packing.add(tensor);
  return packing.finish(tensors.length);
}

class Packing {
  readonly #numbers: number[] = [];
  readonly #texts: string[] = [];
  readonly #words = new Map<string, number>();

  add(tensor: Tensor): void {
    this.#texts.push(tensor.name);
    this.#addWord(tensor.dtype);
    this.#addCounts(tensor.shape);
    this.#addCounts(tensor.stride);
    this.#numbers.push(tensor.offset ?? none, tensor.bytes, parts.indexOf(tensor.part));
    this.#addText(tensor.storage);
    this.#addWord(tensor.device);
    this.#addData(tensor.data);
  }

  finish(count: number): PackedTensors {
    return {
      count,
      numbers: Float64Array.from(this.#numbers),
      texts: this.#texts.join(''),
      lengths: Uint32Array.from(this.#texts, ({ length }) => length),
      words: [...this.#words.keys()],
    };
  }

  #addCounts(counts: readonly number[] | null): void {
    this.#numbers.push(counts?.length ?? none);
    for (const count of counts ?? []) this.#numbers.push(count);
  }

  #addText(text: string | null): void {
    this.#numbers.push(text === null ? none : 0);
    if (text !== null) this.#texts.push(text);
  }

  #addWord(word: string | undefined): void {
    if (word !== undefined && !this.#words.has(word)) this.#words.set(word, this.#words.size);
    this.#numbers.push(word === undefined ? none : (this.#words.get(word) ?? none));
  }

  #addData(data: StorageBytes | null): void {
    const from = data?.source.place?.offset ?? 0;
    this.#numbers.push(data === null ? none : data.byteOrder === 'little' ? 0 : 1);
    if (data === null) return;
    const { start, length, recorded } = data;
    this.#numbers.push(from + start, length, recorded ? 0 : none);
    if (!recorded) return;
    this.#numbers.push(recorded.crc32, from + recorded.start, recorded.length);
    this.#texts.push(recorded.member);
  }
}

/** The same tensors where they arrive. @param source the file that they were read from */
export function unpackTensors(packed: PackedTensors, source: Source): Tensor[] {
  const unpacking = new Unpacking(packed, source);
  return Array.from({ length: packed.count }, () => unpacking.next());
}

class Unpacking {
  readonly #packed: PackedTensors;
  readonly #source: Source;
  #number = 0;
  #text = 0;
  #at = 0;

  constructor(packed: PackedTensors, source: Source) {
    this.#packed = packed;
    this.#source = source;
  }

  next(): Tensor {
    return {
      name: this.#takeText(),
      dtype: this.#takeWord() ?? '',
      shape: this.#takeCounts() ?? [],
      stride: this.#takeCounts(),
      offset: this.#takeOrNull(),
      bytes: this.#take(),
      part: parts[this.#take()] ?? 'other',
      storage: this.#take() === none ? null : this.#takeText(),
      device: this.#takeWord(),
      data: this.#takeData(),
    };
  }

  #take(): number {
    return this.#packed.numbers[this.#number++] ?? none;
  }

  #takeOrNull(): number | null {
    const taken = this.#take();
    return taken === none ? null : taken;
  }

  #takeText(): string {
    const from = this.#at;
    this.#at += this.#packed.lengths[this.#text++] ?? 0;
    return this.#packed.texts.slice(from, this.#at);
  }

  #takeWord(): string | undefined {
    return this.#packed.words[this.#take()];
  }

  #takeCounts(): number[] | null {
    const length = this.#take();
    if (length === none) return null;
    const counts: number[] = [];
    for (let left = length; left > 0; left -= 1) counts.push(this.#take());
    return counts;
  }

  #takeData(): StorageBytes | null {
    const order = this.#take();
    if (order === none) return null;
    return {
      source: this.#source,
      byteOrder: order === 0 ? 'little' : 'big',
      start: this.#take(),
      length: this.#take(),
      recorded: this.#takeRecorded(),
    };
  }

  #takeRecorded(): RecordedChecksum | undefined {
    if (this.#take() === none) return undefined;
    const [crc32, start, length] = [this.#take(), this.#take(), this.#take()];
    return { member: this.#takeText(), crc32, start, length };
  }
}
