import type { RecordedChecksum, StorageBytes, Tensor } from '../formats/contents.ts';
import type { Source } from '../formats/source.ts';
import { bytesOfPacked, type Unpacked } from '../formats/zip/open-member-later.ts';
import type { PackedMember } from '../formats/zip/read-archive.ts';

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
const orders = ['little', 'big'] as const;
/** In the place of a number, or of the place of a word, that is not there. */
const none = -1;

/** Whether nothing is to be told of it but what nearly all have: its elements stand in the open file as they are, or packed, or nowhere. */
export function isPlain({ data, beside, values, places, quantized, notRead }: Tensor): boolean {
  const special = beside ?? values ?? places ?? quantized ?? notRead ?? data?.text;
  return special === undefined && (data === null || placeOf(data) !== null);
}

const placeOf = ({ source, packed }: StorageBytes) => (packed?.source ?? source).place;

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
    this.#numbers.push(data === null ? none : orders.indexOf(data.byteOrder));
    if (data === null) return;
    const { start, length, recorded, packed } = data;
    const from = placeOf(data)?.offset ?? 0;
    this.#numbers.push(packed ? start : from + start, length, packed ? 0 : none);
    if (packed) this.#addMember(packed.member, from);
    else this.#addRecorded(recorded, from);
  }

  #addMember({ name, method, isEncrypted, crc32, ...sizes }: PackedMember, from: number): void {
    const { compressedSize, size, dataOffset } = sizes;
    this.#texts.push(name);
    this.#numbers.push(method, isEncrypted ? 1 : 0, crc32, compressedSize, size, from + dataOffset);
  }

  #addRecorded(recorded: RecordedChecksum | undefined, from: number): void {
    this.#numbers.push(recorded ? 0 : none);
    if (!recorded) return;
    this.#numbers.push(recorded.crc32, from + recorded.start, recorded.length);
    this.#texts.push(recorded.member);
  }
}

/** The file that tensors were read from, and what was unpacked of it last. */
export interface Received {
  source: Source;
  unpacked: Unpacked;
}

/** The same tensors where they arrive. */
export function unpackTensors(packed: PackedTensors, file: Received): Tensor[] {
  const unpacking = new Unpacking(packed, file);
  return Array.from({ length: packed.count }, () => unpacking.next());
}

class Unpacking {
  readonly #packed: PackedTensors;
  readonly #file: Received;
  #number = 0;
  #text = 0;
  #at = 0;

  constructor(packed: PackedTensors, file: Received) {
    this.#packed = packed;
    this.#file = file;
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
    const byteOrder = orders[order] ?? 'little';
    const [start, length, packed] = [this.#take(), this.#take(), this.#take()];
    const { source, unpacked } = this.#file;
    if (packed === none) return { source, byteOrder, start, length, recorded: this.#takeRecorded() };
    return { ...bytesOfPacked({ source, member: this.#takeMember() }, unpacked), byteOrder, start, length };
  }

  #takeMember(): PackedMember {
    return {
      name: this.#takeText(),
      method: this.#take(),
      isEncrypted: this.#take() === 1,
      crc32: this.#take(),
      compressedSize: this.#take(),
      size: this.#take(),
      dataOffset: this.#take(),
    };
  }

  #takeRecorded(): RecordedChecksum | undefined {
    if (this.#take() === none) return undefined;
    const [crc32, start, length] = [this.#take(), this.#take(), this.#take()];
    return { member: this.#takeText(), crc32, start, length };
  }
}
