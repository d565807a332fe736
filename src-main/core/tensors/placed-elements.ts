import { readSync } from 'node:fs';
import type { StorageBytes } from '../formats/contents.ts';
import { longestRead } from '../formats/source.ts';
import { type ElementType, elementTypes } from './element-types.ts';
import type { Layout } from './layout.ts';
import type { NotedReading } from './noted-reading.ts';
import { ElementReader, longestSpan, type ReadBytes, type ReadsElements } from './read-elements.ts';
import { ScaledReader, type Scaling, scaled } from './scaled-reader.ts';

/** Where bytes are in an open file, as every thread of the process can be told. Bytes. */
interface PlacedBytes {
  descriptor: number;
  start: number;
  length: number;
  /** Whether there is a checksum to compare them with. */
  isRecorded: boolean;
}

/** Elements to be read, and how. The storage is a source's, or a place in a file when another thread is to read it. */
export interface Elements<Storage extends StorageBytes | PlacedBytes = StorageBytes> {
  storage: Storage;
  dtype: string;
  byteOrder: 'little' | 'big';
  layout: Layout;
  /** Of integers that stand for other numbers, in the order of the layout. */
  scaling?: Scaling | undefined;
}
export type PlacedElements = Elements<PlacedBytes>;

/** Elements with their reader; `dtype` is of what it gives. */
export interface OpenElements {
  reader: ReadsElements;
  dtype: string;
  type: ElementType;
  byteOrder: 'little' | 'big';
}

/** The same for another thread, which shares the descriptor; null where the bytes are in no file. */
export function placeElements(elements: Elements): PlacedElements | null {
  const { source, start, length, recorded } = elements.storage;
  if (!source.place) return null;
  const { descriptor, offset } = source.place;
  return {
    ...elements,
    storage: { descriptor, start: offset + start, length, isRecorded: recorded !== undefined },
  };
}

/**
 * Ready to be read. Elements whose order is far from that of their storage are read into memory whole.
 * `noted` goes along with what is read. @throws RangeError when there are more of those than memory should hold
 */
export function openElements(elements: Elements | PlacedElements, noted?: NotedReading): OpenElements {
  const { storage, dtype, byteOrder, layout, scaling } = elements;
  const type = elementTypes.get(dtype);
  if (!type) throw new RangeError(`${dtype} has no elements that can be read`);
  const plain = 'source' in storage ? readSource(storage) : readFile(storage);
  const read = noted ? noted.along(plain, isRecorded(storage)) : plain;
  const reader = isOrderly(layout)
    ? new ElementReader(layout, type.width, read)
    : new ElementReader(layout, type.width, readOnce(read, storage.length), Number.POSITIVE_INFINITY);
  if (!scaling) return { reader, dtype, type, byteOrder };
  return { reader: new ScaledReader(reader, { type, byteOrder, scaling }), ...scaled, byteOrder: 'little' };
}

function isRecorded(storage: StorageBytes | PlacedBytes): boolean {
  return 'source' in storage ? storage.recorded !== undefined : storage.isRecorded;
}

/** Whether walking the elements also walks the storage from front to back, or nearly so. */
export function isOrderly({ dimensions }: Layout): boolean {
  let outer = Number.POSITIVE_INFINITY;
  return dimensions.every(({ stride }) => {
    const holds = stride <= outer;
    outer = stride;
    return holds;
  });
}

/** Bytes of a storage that may be kept in memory, so that its elements can be read in any order. */
export const longestKept = 128 * 1024 * 1024;

/** One buffer, over and over: fresh memory costs more than reading into it. */
function readFile({ descriptor, start }: PlacedBytes): ReadBytes {
  let buffer = Buffer.alloc(0);
  return (position, length) => {
    if (buffer.length < length) buffer = Buffer.from(new ArrayBuffer(length));
    const bytes = buffer.subarray(0, length);
    for (let filled = 0; filled < length; ) {
      const count = readSync(descriptor, bytes, filled, length - filled, start + position + filled);
      if (count === 0) throw new Error('the file became shorter while it was read');
      filled += count;
    }
    return bytes;
  };
}

function readSource({ source, start }: StorageBytes): ReadBytes {
  return (position, length) => source.read(start + position, length);
}

/** Reads everything when first asked for something. */
function readOnce(read: ReadBytes, length: number): ReadBytes {
  if (length > longestKept) throw new RangeError(`${length} bytes are too many to keep in memory`);
  let whole: Promise<Uint8Array> | null = null;
  return async (position, size) => {
    whole ??= readPieces(read, length);
    return (await whole).subarray(position, position + size);
  };
}

async function readPieces(read: ReadBytes, length: number): Promise<Uint8Array> {
  const whole = new Uint8Array(length);
  const piece = Math.min(longestSpan, longestRead);
  for (let at = 0; at < length; at += piece) whole.set(await read(at, Math.min(piece, length - at)), at);
  return whole;
}
