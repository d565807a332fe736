import type { Json } from '../../../../shared/model/json.ts';
import { LimitReached } from '../damage.ts';
import type { Problems } from '../gather-problems.ts';
import { plainName } from '../plain-text.ts';
import { elementKind, isText } from './element-type.ts';
import type { Hdf5File } from './hdf5-file.ts';
import type { Hdf5Metadata } from './library.ts';
import { type Fill, readBytes, readTexts, untilNul } from './read-values.ts';

const most = { attributes: 1000, elements: 4096, bytes: 8 * 1024 * 1024 };

/** What is written beside a group or a dataset, by name; what is neither texts nor numbers is left out. */
export async function readAttributes(
  file: Hdf5File,
  path: string,
  problems: Problems,
): Promise<Map<string, Json>> {
  const found = new Map<string, Json>();
  const names = await problems.try(
    () => file.ask((library, id) => library.get_attribute_names(id, path)),
    `attributes of ${plainName(path)}`,
  );
  for (const name of names?.slice(0, most.attributes) ?? []) {
    const value = await problems.try(() => readAttribute(file, path, name), `attribute ${plainName(name)}`);
    if (value !== null) found.set(name, value);
  }
  return found;
}

/** The value of one; null for one that is not there, or is neither texts nor numbers. @throws Damage for one that cannot be read */
export function readAttribute(file: Hdf5File, path: string, name: string): Json {
  const metadata = file.ask((library, id) => library.get_attribute_metadata(id, path, name));
  const { shape, total_size: count, size } = metadata;
  if (shape === null) return null;
  if (count > most.elements || count * size > most.bytes) throw new LimitReached('it is longer than is read');
  const values = readElements(file, { path, name, metadata });
  return shape.length === 0 ? (values?.[0] ?? null) : values;
}

interface Attribute {
  path: string;
  name: string;
  metadata: Hdf5Metadata;
}

function readElements(file: Hdf5File, { path, name, metadata }: Attribute): Json[] | null {
  const { total_size: count, size, vlen } = metadata;
  const fill: Fill = (library, id, into) => library.get_attribute_data(id, path, name, into);
  if (isText(metadata)) {
    if (vlen) return readTexts(file, count, most.bytes, fill);
    const bytes = readBytes(file, count * size, fill);
    return Array.from({ length: count }, (_, index) =>
      untilNul(bytes.subarray(index * size, (index + 1) * size)),
    );
  }
  const read = readerOf(metadata);
  if (!read) return null;
  const bytes = readBytes(file, count * size, fill);
  return Array.from({ length: count }, (_, index) => read(bytes, index * size));
}

type ReadElement = (bytes: Buffer, at: number) => Json;

const readers: ReadonlyMap<string, ReadElement> = new Map<string, ReadElement>([
  ['float64', (bytes, at) => bytes.readDoubleLE(at)],
  ['float32', (bytes, at) => bytes.readFloatLE(at)],
  ['int8', (bytes, at) => bytes.readInt8(at)],
  ['int16', (bytes, at) => bytes.readInt16LE(at)],
  ['int32', (bytes, at) => bytes.readInt32LE(at)],
  ['int64', (bytes, at) => plainest(bytes.readBigInt64LE(at))],
  ['uint8', (bytes, at) => bytes.readUInt8(at)],
  ['uint16', (bytes, at) => bytes.readUInt16LE(at)],
  ['uint32', (bytes, at) => bytes.readUInt32LE(at)],
  ['uint64', (bytes, at) => plainest(bytes.readBigUInt64LE(at))],
  ['bool', (bytes, at) => bytes.readUInt8(at) !== 0],
]);

const readerOf = (metadata: Hdf5Metadata): ReadElement | undefined =>
  readers.get(elementKind(metadata).dtype);

const plainest = (value: bigint): Json => (Number.isSafeInteger(Number(value)) ? Number(value) : value);
