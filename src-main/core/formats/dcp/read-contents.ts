import { ByteReader } from '../byte-reader.ts';
import type { Contents, PieceBeside, Tensor } from '../contents.ts';
import { rule } from '../damage.ts';
import { elementSizes } from '../element-sizes.ts';
import { plainContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import { mostDimensions } from '../most-dimensions.ts';
import { mostTensors } from '../most-tensors.ts';
import { partOfName } from '../part-of-name.ts';
import { describeDamage } from '../pickle/check-structure.ts';
import { PickledNames } from '../pickle/pickled-names.ts';
import { readPickle, readRest } from '../pickle/read-pickle.ts';
import { asKind, fullName, itemsOf, type Value } from '../pickle/value.ts';
import { plainName, plural } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { describeLoading } from '../torch/classify-global.ts';

/** In bytes: thousands of tensors, each in hundreds of pieces. */
const budget = 64 * 1024 * 1024;
const mostPieces = 200_000;

/**
 * The tensors that the list of a distributed checkpoint names, whole, in however many pieces they were saved. It is a pickle
 * that is described and never built; the elements are in the files beside it, of which no byte is read here.
 */
export async function readDcpContents(source: Source, recognised: FormatName): Promise<Contents> {
  const names = new PickledNames();
  const reader = new ByteReader(source, 0, source.size, budget);
  const { value, damage } = await readPickle(reader, names);
  const problems = new Problems();
  const told = damage ? (await describeDamage(source, damage)).message : await readRest(reader, names);
  if (told !== null) problems.add(told);
  const state = attributesOf(value);
  const saved = [...(asKind(state.get('state_dict_metadata'), 'dict')?.entries ?? [])];
  if (saved.length > mostTensors) problems.add('it names more tensors than are looked at');
  const described = await describeAll(saved.slice(0, mostTensors), problems);
  const tensors = described.filter((tensor) => tensor !== null);
  const stored = [...(asKind(state.get('storage_data'), 'dict')?.entries ?? [])];
  const pieces = stored.slice(0, mostPieces).map(toPiece);
  const placed = pieces.filter((piece) => piece !== null);
  if (stored.length > mostPieces) problems.add('it names more pieces than are looked at');
  if (placed.length < pieces.length)
    problems.add(`where ${plural(pieces.length - placed.length, 'piece')} of it should be cannot be read`);
  return {
    ...plainContents(recognised, problems.sentences, [
      { key: 'tensors', type: 'number', summary: String(tensors.length) },
      { key: 'other values', type: 'number', summary: String(saved.length - tensors.length) },
      { key: 'storage', type: 'list', summary: plural(stored.length, 'piece') },
    ]),
    tensors,
    pieces: placed,
    ...describeLoading(names),
  };
}

async function describeAll(saved: readonly (readonly [Value, Value])[], problems: Problems) {
  const described: (Tensor | null)[] = [];
  for (const [key, item] of saved) {
    const name = typeof key === 'string' ? key : '';
    described.push(await problems.try(() => toTensor(name, item), plainName(name)));
  }
  return described;
}

/** A dataclass is pickled as what its attributes are set to. torch/distributed/checkpoint/metadata.py */
function attributesOf(value: Value | undefined): ReadonlyMap<Value, Value> {
  return asKind(asKind(value, 'call')?.state, 'dict')?.entries ?? new Map();
}

/** Which part of which file; null where that is not told. torch/distributed/checkpoint/filesystem.py, `_StorageInfo` */
function toPiece([index, info]: readonly [Value, Value]): (PieceBeside & { of: string }) | null {
  const [of, place] = [attributesOf(index).get('fqn'), attributesOf(info)];
  const location = place.get('relative_path');
  const [start, length] = [place.get('offset'), place.get('length')];
  if (typeof location !== 'string' || !isSide(start) || !isSide(length)) return null;
  return { of: typeof of === 'string' ? of : '', location, start, length };
}

/** Null for what is no tensor: bytes of anything. */
function toTensor(name: string, item: Value): Tensor | null {
  const attributes = attributesOf(item);
  const size = attributes.get('size');
  if (size === undefined) return null;
  const shape = sizesOf(size);
  const dtype = typeOf(attributes.get('properties'));
  const bytes = shape.reduce((product, side) => product * side, elementSizes.get(dtype) ?? 0);
  rule(Number.isSafeInteger(bytes), 'its shape asks for more than there can be');
  return {
    name,
    dtype,
    shape,
    stride: null,
    offset: null,
    bytes,
    storage: null,
    part: partOfName(name),
    data: null,
  };
}

/** `torch.Size((3, 4))`. */
function sizesOf(value: Value): number[] {
  const sides = itemsOf(asKind(value, 'call')?.args[0]) ?? itemsOf(value);
  const isShape = sides !== null && sides.length <= mostDimensions;
  rule(isShape && sides.every(isSide), 'its shape is none that there can be');
  return sides.filter(isSide);
}

const isSide = (value: Value | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** The first of the properties, which are pickled as a tuple; before PyTorch 2.0, one of their attributes. */
function typeOf(properties: Value | undefined): string {
  const state = asKind(properties, 'call')?.state;
  const type = itemsOf(state)?.[0] ?? asKind(state, 'dict')?.entries.get('dtype');
  return fullName(type).replace(/^torch\./, '') || 'unknown';
}
