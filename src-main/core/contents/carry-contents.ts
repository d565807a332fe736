import { packedTooMany } from '../formats/budget.ts';
import type {
  Contents,
  Quantization,
  SparsePlaces,
  StorageBytes,
  StoredValues,
  Tensor,
} from '../formats/contents.ts';
import { LimitReached } from '../formats/damage.ts';
import { Problems } from '../formats/gather-problems.ts';
import { plainName } from '../formats/plain-text.ts';
import { bufferSource, longestRead, type Source } from '../formats/source.ts';
import { bytesOfText, type TextBytes } from '../formats/text-bytes.ts';
import { bytesOfPacked } from '../formats/zip/open-member-later.ts';
import type { PackedMember } from '../formats/zip/read-archive.ts';
import { leavePacked } from './leave-packed.ts';
import { isPlain, type PackedTensors, packTensors, type Received, unpackTensors } from './pack-tensors.ts';

/** Where elements are in the open file, packed or not, or they themselves where they are not in it: encoded, or in a member of a member. */
type CarriedBytes = { byteOrder: StorageBytes['byteOrder'] } & (
  | { start: number; length: number; recorded: StorageBytes['recorded'] }
  | { bytes: Uint8Array }
  | { packed: PackedMember; start: number; length: number }
  | { text: Omit<TextBytes, 'source'>; length: number }
);

type Carried<T> = Omit<T, 'data'> & { data: CarriedBytes | null };
type CarriedValues = Carried<StoredValues>;
type CarriedTensor = Carried<Omit<Tensor, 'values' | 'places' | 'quantized'>> & {
  values: CarriedValues | undefined;
  places: (Omit<SparsePlaces, 'indices'> & { indices: readonly CarriedValues[] }) | undefined;
  quantized:
    | (Omit<Quantization, 'channels'> & {
        channels: { scales: CarriedValues; zeroPoints: CarriedValues } | undefined;
      })
    | undefined;
};

/** Contents as they go from one thread to another. */
export type CarriedContents = Omit<Contents, 'pickled' | 'tensors'> & {
  plain: PackedTensors;
  /** The others, each with its place among all. */
  special: readonly (readonly [place: number, tensor: CarriedTensor])[];
};

/** How many bytes are carried along at most; elements beyond that stay behind, and count as not readable. */
const mostCarried = 32 * 1024 * 1024;

/** What turns out damaged when it is unpacked is told among the problems, and stays behind too. */
export async function carryContents(contents: Contents): Promise<CarriedContents> {
  const problems = new Problems();
  const tensors = leavePacked(contents.tensors);
  const special: [number, CarriedTensor][] = [];
  let left = mostCarried;
  const tooLarge = new Set<string>();
  const carry = async (bytes: StorageBytes, name: string) => {
    const stayBehind = () => void tooLarge.add(name);
    const data = await problems.try(() => carryBytes(bytes, left, stayBehind), plainName(name));
    if (data && 'bytes' in data) left -= data.bytes.length;
    return data;
  };
  const carryValues = async (values: StoredValues, name: string): Promise<CarriedValues> => ({
    ...values,
    data: values.data && (placeInFile(values.data) ?? (await carry(values.data, name))),
  });
  const carryScales = async ({ channels, ...whole }: Quantization, name: string) => ({
    ...whole,
    channels: channels && {
      scales: await carryValues(channels.scales, name),
      zeroPoints: await carryValues(channels.zeroPoints, name),
    },
  });
  const carryPlaces = async ({ layout, indices }: SparsePlaces, name: string) => {
    const carried: CarriedValues[] = [];
    for (const values of indices) carried.push(await carryValues(values, name));
    return { layout, indices: carried };
  };
  const carryTensor = async ({ data, values, places, quantized, ...tensor }: Tensor) => {
    const { name } = tensor;
    return {
      ...tensor,
      values: values && (await carryValues(values, name)),
      places: places && (await carryPlaces(places, name)),
      quantized: quantized && (await carryScales(quantized, name)),
      data: data && (placeInFile(data) ?? (await carry(data, name))),
      notRead: tooLarge.has(name) ? packedTooMany : tensor.notRead,
    };
  };
  // There may be a hundred thousand, nearly all of them plain: none of those is waited for.
  for (const [place, tensor] of tensors.entries())
    if (!isPlain(tensor)) special.push([place, await carryTensor(tensor)]);
  const { pickled: _, tensors: __, ...told } = contents;
  const plain = packTensors(special.length === 0 ? tensors : tensors.filter(isPlain));
  return { ...told, plain, special, problems: [...contents.problems, ...problems.sentences] };
}

/** The same contents where they arrive; `file` is the file they were read from. */
export function receiveContents({ plain, special, ...told }: CarriedContents, source: Source): Contents {
  const file = { source, unpacked: {} };
  const others = special.map(([place, tensor]) => [place, receiveTensor(tensor, file)] as const);
  return { ...told, pickled: null, tensors: inPlace(unpackTensors(plain, file), others) };
}

/** @param others each with its place among all, in their order */
function inPlace(plain: readonly Tensor[], others: readonly (readonly [number, Tensor])[]): Tensor[] {
  const all: Tensor[] = [];
  let taken = 0;
  for (const [place, tensor] of others) {
    while (all.length < place) all.push(plain[taken++] as Tensor);
    all.push(tensor);
  }
  return all.length === 0 ? [...plain] : [...all, ...plain.slice(taken)];
}

function receiveTensor(
  { values, places, quantized, data, ...tensor }: CarriedTensor,
  file: Received,
): Tensor {
  return {
    ...tensor,
    values: values && receiveValues(values, file),
    places: places && { ...places, indices: places.indices.map((index) => receiveValues(index, file)) },
    quantized: quantized && receiveScales(quantized, file),
    data: data && receiveBytes(data, file),
  };
}

function receiveScales(
  { channels, ...whole }: NonNullable<CarriedTensor['quantized']>,
  file: Received,
): Quantization {
  if (!channels) return whole;
  const { scales, zeroPoints } = channels;
  return {
    ...whole,
    channels: { scales: receiveValues(scales, file), zeroPoints: receiveValues(zeroPoints, file) },
  };
}

function receiveValues(values: CarriedValues, file: Received): StoredValues {
  return { ...values, data: values.data && receiveBytes(values.data, file) };
}

/** Null where they do not stand in the open file. */
function placeInFile({
  source,
  start,
  length,
  byteOrder,
  text,
  packed,
  recorded,
}: StorageBytes): CarriedBytes | null {
  if (text?.source.place) {
    const { form, length: textLength } = text;
    const place = { form, start: text.source.place.offset + text.start, length: textLength };
    return { byteOrder, length, text: place };
  }
  if (packed?.source.place) {
    const dataOffset = packed.source.place.offset + packed.member.dataOffset;
    return { byteOrder, start, length, packed: { ...packed.member, dataOffset } };
  }
  if (!source.place) return null;
  const { offset } = source.place;
  const moved = recorded && { ...recorded, start: offset + recorded.start };
  return { byteOrder, start: offset + start, length, recorded: moved };
}

async function carryBytes(
  data: StorageBytes,
  left: number,
  stayBehind: () => void,
): Promise<CarriedBytes | null> {
  const { source, start, length, byteOrder } = data;
  try {
    // What is sent is the whole buffer that they stand in, of which a few of many thousands may be a small part.
    if (length <= Math.min(left, longestRead))
      return { byteOrder, bytes: Uint8Array.from(await source.read(start, length)) };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
  }
  stayBehind();
  return null;
}

function receiveBytes(carried: CarriedBytes, { source, unpacked }: Received): StorageBytes {
  const { byteOrder } = carried;
  if ('text' in carried) return { ...bytesOfText({ source, ...carried.text }, carried.length), byteOrder };
  if ('packed' in carried)
    return { ...carried, ...bytesOfPacked({ source, member: carried.packed }, unpacked) };
  if ('start' in carried) return { source, ...carried };
  return {
    source: bufferSource(source.name, carried.bytes),
    start: 0,
    length: carried.bytes.length,
    byteOrder,
  };
}
