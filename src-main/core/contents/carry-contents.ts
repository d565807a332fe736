import type { Contents, StorageBytes, Tensor } from '../formats/contents.ts';
import { Problems } from '../formats/gather-problems.ts';
import { plainName } from '../formats/plain-text.ts';
import { bufferSource, longestRead, type Source } from '../formats/source.ts';

/** Where elements are in the open file, or they themselves where they are not in it as they are: packed, or encoded. */
type CarriedBytes = { byteOrder: StorageBytes['byteOrder'] } & (
  | { start: number; length: number }
  | { bytes: Uint8Array }
);

type CarriedTensor = Omit<Tensor, 'data'> & { data: CarriedBytes | null };

/** Contents as they go from one thread to another. */
export type CarriedContents = Omit<Contents, 'pickled' | 'tensors'> & { tensors: readonly CarriedTensor[] };

/** How many bytes are carried along at most; elements beyond that stay behind, and count as not readable. */
const mostCarried = 32 * 1024 * 1024;

/** What turns out damaged when it is unpacked is told among the problems, and stays behind too. */
export async function carryContents(contents: Contents): Promise<CarriedContents> {
  const problems = new Problems();
  const tensors: CarriedTensor[] = [];
  let left = mostCarried;
  for (const { data: bytes, ...tensor } of contents.tensors) {
    const data = bytes && (await problems.try(() => carryBytes(bytes, left), plainName(tensor.name)));
    if (data && 'bytes' in data) left -= data.bytes.length;
    tensors.push({ ...tensor, data });
  }
  const { pickled: _, ...told } = contents;
  return { ...told, tensors, problems: [...contents.problems, ...problems.sentences] };
}

/** The same contents where they arrive; `file` is the file they were read from. */
export function receiveContents(carried: CarriedContents, file: Source): Contents {
  return {
    ...carried,
    pickled: null,
    tensors: carried.tensors.map((tensor) => ({
      ...tensor,
      data: tensor.data && receiveBytes(tensor.data, file),
    })),
  };
}

async function carryBytes(data: StorageBytes, left: number): Promise<CarriedBytes | null> {
  const { source, start, length, byteOrder } = data;
  if (source.place) return { byteOrder, start: source.place.offset + start, length };
  if (length > Math.min(left, longestRead)) return null;
  return { byteOrder, bytes: await source.read(start, length) };
}

function receiveBytes(carried: CarriedBytes, file: Source): StorageBytes {
  const { byteOrder } = carried;
  if ('start' in carried) return { source: file, start: carried.start, length: carried.length, byteOrder };
  return {
    source: bufferSource(file.name, carried.bytes),
    start: 0,
    length: carried.bytes.length,
    byteOrder,
  };
}
