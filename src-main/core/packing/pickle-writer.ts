import { escapeName } from '../catalog/escape-name.ts';
import { ModelValidationError } from '../errors.ts';
import { elementSizes } from '../formats/element-sizes.ts';
import { encodeText } from '../formats/pickle/python-text.ts';
import { GrowingBytes } from './growing-bytes.ts';
import {
  isPlainDict,
  PythonFloat,
  PythonTuple,
  type Storage,
  type TorchKey,
  TorchTensor,
  type TorchValue,
} from './torch-value.ts';

/** Deeper than PyTorch's own reader could go without reaching Python's limit; a value that holds itself is found by it. */
const mostDepth = 200;

/** So many items are put onto the stack at once, as Python does: readers have limits. */
const batch = 1000;

/** Classes of storages by what is in them, as PyTorch has named them from the start. torch/storage.py */
const storageClasses: ReadonlyMap<string, string> = new Map([
  ['float64', 'DoubleStorage'],
  ['float32', 'FloatStorage'],
  ['float16', 'HalfStorage'],
  ['bfloat16', 'BFloat16Storage'],
  ['int64', 'LongStorage'],
  ['int32', 'IntStorage'],
  ['int16', 'ShortStorage'],
  ['int8', 'CharStorage'],
  ['uint8', 'ByteStorage'],
  ['bool', 'BoolStorage'],
  ['complex64', 'ComplexFloatStorage'],
  ['complex128', 'ComplexDoubleStorage'],
]);

/** Elements for which there is no such class: the storage counts bytes, and the tensor says what they are. torch/_utils.py */
const isUntyped = (dtype: string) => !storageClasses.has(dtype);

/**
 * Pickles, in protocol 2, what `torch.load(…, weights_only=True)` takes: plain data and tensors. It writes nothing else, so that loading it
 * calls nothing but PyTorch's own.
 */
export class PickleWriter {
  /** The storages that were met, in the order of their keys: 0, 1, … */
  readonly storages: Storage[] = [];
  readonly #keys = new Map<Storage, number>();
  readonly #bytes = new GrowingBytes();
  /** Names of classes and functions that were written once, by where they are remembered. */
  readonly #names = new Map<string, number>();

  /** @throws ModelValidationError for what cannot be written, with the path of keys to it */
  static pickle(value: TorchValue): { pickle: Buffer; storages: readonly Storage[] } {
    const writer = new PickleWriter();
    writer.#put('\x80\x02');
    writer.#write(value, []);
    writer.#put('.');
    return { pickle: writer.#bytes.all(), storages: writer.storages };
  }

  #put(opcodes: string, ...operands: Buffer[]): void {
    this.#bytes.addText(opcodes);
    for (const operand of operands) this.#bytes.add(operand);
  }

  #write(value: TorchValue, path: readonly string[]): void {
    if (path.length > mostDepth) throw cannot(path, `it is nested more than ${mostDepth} deep`);
    if (value === null) return this.#put('N');
    switch (typeof value) {
      case 'boolean':
        return this.#put(value ? '\x88' : '\x89');
      case 'string':
        return this.#text(value);
      case 'bigint':
        return this.#integer(value);
      case 'number':
        return this.#number(value);
      case 'object':
        return this.#structure(value, path);
      default:
        throw cannot(path, `a ${typeof value} is no plain data`);
    }
  }

  #structure(
    value: Exclude<TorchValue, null | boolean | number | bigint | string>,
    path: readonly string[],
  ): void {
    if (value instanceof PythonFloat) return this.#float(value.value);
    if (value instanceof TorchTensor) return this.#tensor(value);
    if (value instanceof PythonTuple) return this.#tuple(value.items, path);
    if (Array.isArray(value)) return this.#list(value, path);
    if (value instanceof Map) return this.#dict(value, path);
    if (!isPlainDict(value)) throw cannot(path, 'it is no plain data');
    this.#dict(Object.entries(value), path);
  }

  #dict(entries: Iterable<readonly [TorchKey, TorchValue]>, path: readonly string[]): void {
    this.#put('}(');
    let count = 0;
    for (const [key, value] of entries) {
      if (count > 0 && count % batch === 0) this.#put('u(');
      count += 1;
      const inside = [...path, String(key)];
      this.#write(key, inside);
      this.#write(value, inside);
    }
    this.#put('u');
  }

  #list(items: readonly TorchValue[], path: readonly string[]): void {
    this.#put('](');
    this.#items(items, path, 'e(');
    this.#put('e');
  }

  #tuple(items: readonly TorchValue[], path: readonly string[]): void {
    this.#put('(');
    this.#items(items, path);
    this.#put('t');
  }

  /** There may be millions of numbers, none of which needs its path. @param between what ends one batch and begins the next */
  #items(items: readonly TorchValue[], path: readonly string[], between = ''): void {
    for (let index = 0; index < items.length; index += 1) {
      if (index > 0 && index % batch === 0) this.#put(between);
      const item = items[index] as TorchValue;
      this.#write(item, isNumber(item) ? path : [...path, String(index)]);
    }
  }

  #text(text: string): void {
    const bytes = encodeText(text);
    this.#put('X', uint32(bytes.length), bytes);
  }

  #integer(value: bigint): void {
    if (isInt32(Number(value))) return this.#smallInteger(Number(value));
    const bytes = twosComplement(value);
    if (bytes.length < 256) this.#put('\x8a', Buffer.of(bytes.length), bytes);
    else this.#put('\x8b', uint32(bytes.length), bytes);
  }

  #number(value: number): void {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) return this.#float(value);
    return isInt32(value) ? this.#smallInteger(value) : this.#integer(BigInt(value));
  }

  /** Of 32 bits. */
  #smallInteger(value: number): void {
    const isByte = value >= 0 && value < 256;
    this.#put(isByte ? 'K' : 'J');
    this.#bytes.addNumber(isByte ? 1 : 4, (bytes, at) =>
      isByte ? bytes.writeUInt8(value, at) : bytes.writeInt32LE(value, at),
    );
  }

  #float(value: number): void {
    this.#put('G');
    this.#bytes.addNumber(8, (bytes, at) => bytes.writeDoubleBE(value, at));
  }

  /** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)`, and v3 with the type of the elements. */
  #tensor({ storage, shape, stride, offset }: TorchTensor): void {
    const untyped = isUntyped(storage.dtype);
    this.#name('torch._utils', untyped ? '_rebuild_tensor_v3' : '_rebuild_tensor_v2');
    this.#put('(');
    this.#persistentId(storage);
    this.#integer(BigInt(offset));
    this.#tuple(shape, []);
    this.#tuple(stride, []);
    this.#put('\x89');
    this.#name('collections', 'OrderedDict');
    this.#put(')R');
    if (untyped) this.#name('torch', storage.dtype);
    this.#put('tR');
  }

  /** `('storage', class, key, location, numel)`, where an untyped storage counts bytes. torch/serialization.py */
  #persistentId(storage: Storage): void {
    const { dtype, byteLength } = storage;
    const key = this.#keys.get(storage) ?? this.storages.push(storage) - 1;
    this.#keys.set(storage, key);
    this.#put('(');
    this.#text('storage');
    const typed = storageClasses.get(dtype);
    if (typed === undefined) this.#name('torch.storage', 'UntypedStorage');
    else this.#name('torch', typed);
    this.#text(String(key));
    this.#text('cpu');
    this.#integer(BigInt(typed === undefined ? byteLength : byteLength / (elementSizes.get(dtype) ?? 1)));
    this.#put('tQ');
  }

  #name(module: string, name: string): void {
    const known = this.#names.get(`${module}.${name}`);
    if (known !== undefined) return this.#put('h', Buffer.of(known));
    const index = this.#names.size;
    this.#names.set(`${module}.${name}`, index);
    this.#put('c', Buffer.from(`${module}\n${name}\n`));
    this.#put('q', Buffer.of(index));
  }
}

const isInt32 = (value: number) => value >= -(2 ** 31) && value < 2 ** 31;
const isNumber = (value: TorchValue) => typeof value === 'number' || value instanceof PythonFloat;

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** The shortest form, little-endian; no bytes for 0. */
function twosComplement(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest !== 0n && rest !== -1n) {
    bytes.push(Number(rest & 0xffn));
    rest >>= 8n;
  }
  const isNegative = value < 0n;
  if (bytes.length > 0 && (((bytes.at(-1) ?? 0) & 0x80) !== 0) !== isNegative)
    bytes.push(isNegative ? 0xff : 0);
  return Buffer.from(bytes);
}

function cannot(path: readonly string[], why: string): ModelValidationError {
  const place = path.length === 0 ? 'the checkpoint' : path.slice(0, 8).join('.');
  return new ModelValidationError(`cannot write ${escapeName(place)} — ${why} — give plain data and tensors`);
}
