import type { ByteReader } from '../byte-reader.ts';
import type { StorageBytes, Tensor } from '../contents.ts';
import { LimitReached, rule } from '../damage.ts';
import { bufferSource, longestRead, type Source } from '../source.ts';
import { openVarints, readWords } from './unpack-varints.ts';
import type { Field } from './walk-fields.ts';

/** Attributes of a constant that is written as numbers, and the field that those are in. onnx.proto, AttributeProto: `f`, `i`, `floats`, `ints` */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['value_float', { number: 2, dtype: 'float32', itemSize: 4, isRow: false }],
  ['value_int', { number: 3, dtype: 'int64', itemSize: 8, isRow: false }],
  ['value_floats', { number: 7, dtype: 'float32', itemSize: 4, isRow: true }],
  ['value_ints', { number: 8, dtype: 'int64', itemSize: 8, isRow: true }],
]);

interface Kind {
  number: number;
  dtype: string;
  itemSize: number;
  isRow: boolean;
}

/** The numbers of one attribute: each in a field of its own, as Python writes them, or packed in one. */
export class AttributeNumbers {
  readonly #source: Source;
  #kind: Kind | undefined;
  /** Of those in fields of their own, as `raw_data` would have them. */
  #bytes = nothing;
  #length = 0;
  #packed: StorageBytes | null = null;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Takes a field where it has numbers of an attribute of that name. @throws Damage */
  take(name: string, field: Field, reader: ByteReader): void | Promise<void> {
    const kind = kinds.get(name);
    if (kind?.number !== field.number || field.isCut) return;
    this.#kind = kind;
    if (field.wire === 2) return this.#takePacked(kind, field, reader);
    const own = reader.peek(field.end - field.start);
    if (field.wire === 5) this.#add(own);
    else if (field.wire === 0) {
      readWords(own, 0, words);
      this.#add(words);
    }
  }

  /** Null where there are none. */
  tensor(): Tensor | null {
    const kind = this.#kind;
    if (!kind) return null;
    const { dtype, itemSize, isRow } = kind;
    const data = this.#packed ?? this.#own();
    rule(data.length % itemSize === 0 && (isRow || data.length === itemSize), 'a constant is no number');
    return {
      name: '',
      dtype,
      shape: isRow ? [data.length / itemSize] : [],
      stride: null,
      offset: null,
      bytes: data.length,
      storage: null,
      part: 'other',
      data,
    };
  }

  #own(): StorageBytes {
    const source = bufferSource(this.#source.name, this.#bytes.subarray(0, this.#length));
    return { source, start: 0, length: this.#length, byteOrder: 'little' };
  }

  /** Of what stands alone the last counts, as protobuf has it. */
  #add(bytes: Uint8Array): void {
    if (!this.#kind?.isRow) this.#length = 0;
    if (this.#length + bytes.length > this.#bytes.length) {
      const grown = Buffer.alloc(2 * this.#bytes.length + bytes.length);
      this.#bytes.copy(grown);
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  async #takePacked({ itemSize, dtype }: Kind, { start, end }: Field, reader: ByteReader): Promise<void> {
    const [source, length] = [this.#source, end - start];
    this.#packed = { source, start, length, byteOrder: 'little' };
    if (dtype !== 'int64') return;
    if (length > longestRead || !(await reader.fill(length)))
      throw new LimitReached('a constant has more numbers than are unpacked');
    const elements = reader.peek(length).reduce((sum, byte) => (byte < 0x80 ? sum + 1 : sum), 0);
    const unpacked = openVarints(source, { start, length, elements, itemSize });
    this.#packed = { source: unpacked, start: 0, length: unpacked.size, byteOrder: 'little' };
  }
}

const [nothing, words] = [Buffer.alloc(0), Buffer.alloc(8)];
