import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Contents } from '../formats/contents.ts';
import {
  asKind,
  type Call,
  type Described,
  fullName,
  isDescribed,
  itemsOf,
  type Value,
} from '../formats/pickle/value.ts';
import { keyText, oldText, stateParts } from '../formats/torch/children.ts';
import { readScalar } from '../formats/torch/numpy-values.ts';
import { type Rebuilt, rebuildTensor } from '../formats/torch/rebuild-tensor.ts';
import { storedBytes } from './stored-bytes.ts';
import {
  PythonFloat,
  PythonTuple,
  type Storage,
  type TorchKey,
  TorchTensor,
  type TorchValue,
} from './torch-value.ts';

/** A pickle can lead to a few values in more ways than there are atoms. */
const most = { depth: 200, parts: 3_000_000, named: 1000 };

/** What a pickle describes, made of plain data and tensors, and what of it is neither, by its path of keys. */
export interface Unpickled {
  value: TorchValue;
  leftOut: string[];
}

/** @throws ModelManagerError where it has more parts than can be written, or is no plain data as a whole */
export function unpickledValue(pickled: NonNullable<Contents['pickled']>, path: string): Unpickled {
  const reading = new Unpickling(pickled.around, path);
  const value = reading.read(pickled.root, []);
  if (value === undefined)
    throw new ModelManagerError(
      `cannot take ${escapeName(path)} as plain data — it holds an object of a class, and no dictionary of tensors and plain data — load it in Python, and save its state_dict()`,
      { path },
    );
  return { value, leftOut: reading.leftOut };
}

/** Undefined stands for what is left out. */
type Read = TorchValue | undefined;

class Unpickling {
  readonly leftOut: string[] = [];
  readonly #around: NonNullable<Contents['pickled']>['around'];
  readonly #storages = new Map<string, Storage>();
  readonly #path: string;
  #parts = 0;

  constructor(around: NonNullable<Contents['pickled']>['around'], path: string) {
    this.#around = around;
    this.#path = path;
  }

  read(value: Value, path: readonly string[]): Read {
    this.#parts += 1;
    if (this.#parts > most.parts || path.length > most.depth)
      throw new ModelManagerError(
        `cannot take ${escapeName(this.#path)} as plain data — it has more parts than are written — save it anew from Python`,
        { path: this.#path },
      );
    if (!isDescribed(value)) return value;
    const read = this.#described(value, path);
    if (read === undefined) this.#leaveOut(path);
    return read;
  }

  #described(value: Described, path: readonly string[]): Read {
    const rebuilt = rebuildTensor(value, this.#around);
    if (rebuilt !== null) {
      const tensor = rebuilt === 'malformed' ? undefined : this.#tensor(rebuilt);
      if (tensor !== undefined) this.#leaveOutAttributes(attributesOf(value), path);
      return tensor;
    }
    switch (value.kind) {
      case 'float':
        return new PythonFloat(value.value);
      case 'dict':
        return this.#dict(value.entries, path);
      case 'list':
        return this.#items(value.items, path);
      case 'tuple':
        return new PythonTuple(this.#items(value.items, path));
      case 'call':
        return this.#call(value, path);
      case 'bytes':
        return oldText(value) ?? undefined;
      default:
        return undefined;
    }
  }

  #call(call: Call, path: readonly string[]): Read {
    const scalar = readScalar(call);
    if (scalar !== undefined) return this.read(scalar, path);
    const name = fullName(call.callee);
    if (name === 'torch.Size') return new PythonTuple(this.#items(itemsOf(call.args[0]) ?? [], path));
    if (!dictionaries.has(name)) return undefined;
    const [factory = null, ...others] = call.args;
    if (others.length > 0 || (factory !== null && name !== 'collections.defaultdict')) return undefined;
    if (factory !== null) this.#leaveOut([...path, 'default_factory']);
    this.#leaveOutAttributes(call.state, path);
    return this.#dict(call.entries, path);
  }

  /** A storage that stands alone becomes a tensor of its elements. An array of numpy is no tensor, and what has no elements of its own in the file cannot be written. */
  #tensor({ dtype, shape, stride, offset, storage, data, problem }: Rebuilt): Read {
    if (data === null || problem !== null || storage === null || stride === null || offset === null)
      return undefined;
    if (/^q/.test(dtype)) return undefined;
    const key = `${dtype} ${storage}`;
    const held = this.#storages.get(key) ?? storedBytes(data, dtype);
    this.#storages.set(key, held);
    return new TorchTensor(held, shape, stride, offset);
  }

  #dict(entries: ReadonlyMap<Value, Value>, path: readonly string[]): TorchValue {
    const read = new Map<TorchKey, TorchValue>();
    for (const [key, value] of entries) {
      const inside = [...path, keyText(key)];
      const plain = plainKey(key);
      if (plain === undefined) this.#leaveOut(inside);
      const item = plain === undefined ? undefined : this.read(value, inside);
      if (plain !== undefined && item !== undefined) read.set(plain, item);
    }
    return read;
  }

  /** What is left out keeps its place. */
  #items(items: readonly Value[], path: readonly string[]): TorchValue[] {
    return items.map((item, index) =>
      isDescribed(item) && item.kind !== 'float'
        ? (this.read(item, [...path, String(index)]) ?? null)
        : (this.read(item, path) ?? null),
    );
  }

  /** Versions of modules are what PyTorch keeps for itself, and go without a word: it takes a state dict without them. */
  #leaveOutAttributes(state: Value | undefined, path: readonly string[]): void {
    for (const part of stateParts(state))
      for (const key of part.keys()) if (key !== '_metadata') this.#leaveOut([...path, keyText(key)]);
  }

  #leaveOut(path: readonly string[]): void {
    if (this.leftOut.length < most.named) this.leftOut.push(path.join('.'));
  }
}

const dictionaries: ReadonlySet<string> = new Set([
  'collections.OrderedDict',
  'collections.defaultdict',
  'collections.Counter',
  'builtins.dict',
  '__builtin__.dict',
]);

/** These make a tensor of what they are given first, and give it the attributes that come fourth. torch/_utils.py, torch/_tensor.py */
const withAttributes: ReadonlySet<string> = new Set([
  'torch._utils._rebuild_parameter_with_state',
  'torch._tensor._rebuild_from_type_v2',
]);

function attributesOf(value: Described): Value | undefined {
  const call = asKind(value, 'call');
  return withAttributes.has(fullName(call?.callee)) ? call?.args[3] : undefined;
}

function plainKey(key: Value): TorchKey | undefined {
  if (key === null) return undefined;
  return isDescribed(key) ? (oldText(key) ?? asKind(key, 'float')?.value) : key;
}
