import type { Json } from '../../../../shared/model/json.ts';
import type { Entry, Stop, Tensor } from '../contents.ts';
import { Damage, rule } from '../damage.ts';
import { Problems } from '../gather-problems.ts';
import { partOfName } from '../part-of-name.ts';
import { formatCount, plainName, plural } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { elementKind, isOpaque } from './element-type.ts';
import { type Dataset, findElements, whyNotFound } from './find-elements.ts';
import { Hdf5File } from './hdf5-file.ts';
import type { Hdf5Metadata } from './library.ts';
import { readAttribute, readAttributes } from './read-attributes.ts';
import { type Hdf5Object, walkObjects } from './walk-objects.ts';

/** What is in an HDF5 file. */
export interface Hdf5Tensors {
  tensors: Tensor[];
  entries: Entry[];
  /** What is written beside its top group. */
  attributes: ReadonlyMap<string, Json>;
  problems: readonly string[];
  /** The first limit that was reached. */
  stopped?: Stop | undefined;
}

/** Beyond this, a dataset that declares a thousand times what the file has is a bomb, as Keras has it. In bytes. */
const bomb = { bytes: 4 * 1024 ** 3, times: 1000 };

/** The datasets of an HDF5 file, each by the names that lead to it. @throws Damage when the library does not open it */
export async function readHdf5Tensors(source: Source): Promise<Hdf5Tensors> {
  const file = await Hdf5File.open(source);
  const problems = new Problems();
  const attributes = await readAttributes(file, '/', problems);
  const objects = await walkObjects(file, problems);
  const tensors: Tensor[] = [];
  for (const object of objects) {
    if (object.kind !== 'dataset' || file.isOver) continue;
    const tensor = await readDataset(file, source, object, problems);
    if (tensor) tensors.push(tensor);
  }
  const { sentences, stopped } = problems;
  return { tensors, entries: describeTop(objects), attributes, problems: sentences, stopped };
}

/** Null where nothing can be told of it. */
async function readDataset(
  file: Hdf5File,
  source: Source,
  { names, path, address }: Hdf5Object,
  problems: Problems,
): Promise<Tensor | null> {
  const name = names.join('.');
  const label = plainName(name);
  const looked = await problems.try(() => lookAt(file, path), label);
  if (!looked) return null;
  const { metadata, kind, shape, elements } = looked;
  const length = elements * metadata.size;
  const isDeclared = await problems.try(() => checkSize(length, source.size), label);
  const bytes = Number.isSafeInteger(length) ? length : 0;
  const dataset: Dataset = { path, metadata, shape, bytes };
  const look = isDeclared !== null && kind.isNumeric;
  const found = look ? await problems.try(() => findPlace(file, source, dataset), label) : null;
  return {
    name,
    dtype: kind.dtype,
    shape,
    stride: null,
    offset: null,
    bytes,
    storage: address,
    part: partOfName(name),
    ...(found ?? { data: null }),
  };
}

/** Null from {@link Problems.try} means that something is wrong with them. */
function findPlace(file: Hdf5File, source: Source, dataset: Dataset): Pick<Tensor, 'data' | 'notRead'> {
  const data = findElements(file, source, dataset);
  return data ? { data } : { data, notRead: whyNotFound(dataset) };
}

function lookAt(file: Hdf5File, path: string) {
  const metadata = file.ask((library, id) => library.get_dataset_metadata(id, path));
  const shape = metadata.shape ?? [0];
  rule(shape.every(Number.isSafeInteger), 'its shape asks for more than there can be');
  const elements = shape.reduce((product, side) => product * side, 1);
  return { metadata, kind: elementKind(metadata, writtenType(file, path, metadata)), shape, elements };
}

/** What Keras writes beside what HDF5 has no name for. keras/src/saving/saving_lib.py */
function writtenType(file: Hdf5File, path: string, metadata: Hdf5Metadata): string | null {
  if (!isOpaque(metadata)) return null;
  const names = file.ask((library, id) => library.get_attribute_names(id, path));
  const written = names.includes('dtype') ? readAttribute(file, path, 'dtype') : null;
  return typeof written === 'string' ? written : null;
}

function checkSize(bytes: number, size: number): true {
  const isBomb = bytes > bomb.bytes && bytes > bomb.times * size;
  if (isBomb)
    throw new Damage(
      `it declares ${formatCount(bytes)} bytes, and the file has ${formatCount(size)}`,
      'unknown',
    );
  rule(Number.isSafeInteger(bytes), 'its shape asks for more than there can be');
  return true;
}

/** What stands at the top, and how many datasets are in each group there; and all links. */
function describeTop(objects: readonly Hdf5Object[]): Entry[] {
  const inside = new Map<string, number>();
  for (const { kind, names } of objects) {
    const [top = ''] = names;
    if (kind === 'dataset') inside.set(top, (inside.get(top) ?? 0) + 1);
  }
  const top = objects
    .filter(({ kind, names }) => names.length === 1 && kind !== 'link')
    .map(({ kind, names: [key = ''] }) => ({
      key,
      type: kind,
      summary: kind === 'group' ? plural(inside.get(key) ?? 0, 'dataset') : '',
    }));
  const links = objects.flatMap(({ names, target }) =>
    target === undefined
      ? []
      : { key: names.join('.'), type: 'link', summary: `to ${plainName(target)}, not followed` },
  );
  return [...top, ...links];
}
