import { packedTooMany } from '../budget.ts';
import type { StorageBytes } from '../contents.ts';
import { Damage, rule } from '../damage.ts';
import { formatCount, plainName } from '../plain-text.ts';
import { positionalSource, type Source } from '../source.ts';
import { isOpaque } from './element-type.ts';
import type { Hdf5File } from './hdf5-file.ts';
import type { Hdf5Metadata } from './library.ts';
import { readBytes } from './read-values.ts';

/** A dataset by its path. */
export interface Dataset {
  path: string;
  metadata: Hdf5Metadata;
  shape: readonly number[];
  /** Of all its elements, unpacked. */
  bytes: number;
}

/** What is unpacked of a dataset at most, in bytes: the library holds it twice beside what is given. */
const mostUnpacked = 8 * 1024 * 1024;

/** Why its elements are not to be had where nothing is wrong with them and {@link findElements} has none. */
export function whyNotFound({ bytes }: Dataset): string | undefined {
  return bytes > mostUnpacked ? packedTooMany : undefined;
}

/** What the library reads at most where a few bytes are asked for. H5Pset_sieve_buf_size */
const readAhead = 64 * 1024;

/** Filters that the library has in it. H5Zpublic.h */
const knownFilters: ReadonlySet<number> = new Set([1, 2, 3, 5, 6]);

/**
 * Where the elements of a dataset are: in the file as they stand, or unpacked by the library when they are asked for.
 * The library does not tell where they are, so it is made to read the first one, and where it reads that is seen. Null
 * where there is none, or more than are unpacked. @throws Damage for what is elsewhere
 */
export function findElements(file: Hdf5File, source: Source, dataset: Dataset): StorageBytes | null {
  const { metadata, shape, bytes } = dataset;
  const { virtual_sources: elsewhere } = metadata;
  if (elsewhere)
    throw new Damage(
      `its elements are those of other datasets (${describeSources(elsewhere)}), which are not read`,
      'unknown',
    );
  if (shape.includes(0)) return { source, start: 0, length: 0, byteOrder: 'little' };
  if (bytes === 0) return null;
  if (metadata.chunks) {
    checkFilters(file, dataset);
    return unpackLater(file, source, dataset);
  }
  const start = seeFirst(file, source, dataset);
  if (start === null) return unpackLater(file, source, dataset);
  rule(
    start + bytes <= source.size,
    () => `${formatCount(start + bytes - source.size)} of ${formatCount(bytes)} bytes are missing`,
  );
  // Bytes of anything have no order that is written down; whatever wrote them was little-endian.
  const isLittle = metadata.littleEndian || isOpaque(metadata);
  return { source, start, length: bytes, byteOrder: isLittle ? 'little' : 'big' };
}

function describeSources(sources: NonNullable<Hdf5Metadata['virtual_sources']>): string {
  const [first] = sources;
  return first ? `${plainName(first.dset_name)} in ${plainName(first.file_name)}` : 'none';
}

function checkFilters(file: Hdf5File, { path }: Dataset): void {
  const filters = file.ask((library, id) => library.get_dataset_filters(id, path));
  const unknown = filters.find(({ id }) => !knownFilters.has(id));
  if (unknown)
    throw new Damage(
      `its elements are packed by ${plainName(unknown.name) || `filter ${unknown.id}`}, which is not known`,
      'unknown',
    );
}

/** Where its first element is in the file; null where it is not there by itself: among what describes it, or never written. */
function seeFirst(file: Hdf5File, source: Source, dataset: Dataset): number | null {
  // What describes the dataset may have to be read anew the first time, and is in the library's memory the second time.
  for (const _ of ['first', 'second']) {
    file.device.reads.length = 0;
    file.device.allow(readAhead);
    const first = readFirst(file, dataset);
    const [read, ...more] = file.device.reads;
    if (!read) return null;
    if (more.length === 0 && read.length >= first.length && isThere(source, read.start, first))
      return read.start;
  }
  throw new Damage('where its elements are cannot be told', 'unknown');
}

/** In the library's order of bytes, or in the other one; of a complex number each part is turned round by itself. */
function isThere(source: Source, start: number, element: Buffer): boolean {
  const there = source.readNow?.(start, element.length) ?? Buffer.alloc(0);
  const half = element.length / 2;
  const parts = [Buffer.from(there).reverse().subarray(half), Buffer.from(there).reverse().subarray(0, half)];
  return [there, Buffer.from(there).reverse(), Buffer.concat(parts)].some((bytes) => bytes.equals(element));
}

function readFirst(file: Hdf5File, { path, shape, metadata }: Dataset): Buffer {
  const ones = shape.map(() => 1n);
  const zeros = shape.map(() => 0n);
  file.device.refused.length = 0;
  try {
    return readBytes(file, metadata.size, (library, id, into) =>
      shape.length === 0
        ? library.get_dataset_data(id, path, null, null, null, into)
        : library.get_dataset_data(id, path, ones, zeros, ones, into),
    );
  } catch (error) {
    const [asked] = file.device.refused;
    if (!(error instanceof Damage) || asked === undefined) throw error;
    throw new Damage(`its elements are in another file, ${plainName(asked)}, which is not opened`, 'unknown');
  }
}

/** All of them at once, the last of a file that were asked for kept. Whatever order they had, the library gives them little-endian. */
function unpackLater(file: Hdf5File, { name }: Source, { path, bytes }: Dataset): StorageBytes | null {
  if (bytes > mostUnpacked) return null;
  let unpacked: WeakRef<Buffer> | undefined;
  const read = () => {
    file.device.allow(bytes);
    return readBytes(file, bytes, (library, id, into) =>
      library.get_dataset_data(id, path, null, null, null, into),
    );
  };
  const source = positionalSource(name, bytes, async (offset, length) => {
    const elements = unpacked?.deref() ?? read();
    unpacked = new WeakRef(elements);
    return elements.subarray(offset, offset + length);
  });
  return { source, start: 0, length: bytes, byteOrder: 'little' };
}
