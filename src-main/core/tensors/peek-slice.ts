import type { StorageBytes, Tensor } from '../formats/contents.ts';
import { Damage } from '../formats/damage.ts';
import { type Channels, readChannels, scalingAlong } from './channels.ts';
import { type ElementType, toNative } from './element-types.ts';
import { type Dimension, joinDimensions, type Layout, layoutOf, rowMajorStrides } from './layout.ts';
import { type ElementValue, listValues } from './list-values.ts';
import { ElementReader } from './read-elements.ts';
import { ScaledReader, type Scaling, scaled } from './scaled-reader.ts';

/** Which elements along one dimension: from the first one up to and without the last one. */
export interface Range {
  from: number;
  to: number;
}

export interface Peek {
  shape: number[];
  /** Row-major. */
  values: ElementValue[];
}

/** The most elements that are looked at at once. */
export const mostPeeked = 10_000;
/** Elements that lie far apart are read one by one rather than all that is between them. In bytes. */
const span = 16 * 1024;

/**
 * The elements of a slice, a range for each dimension. Null where they cannot be read.
 * @throws RangeError when the ranges are not inside the tensor, or hold more than {@link mostPeeked}
 */
export async function peekSlice(tensor: Tensor, ranges: readonly Range[]): Promise<Peek | null> {
  const found = layoutOf(tensor);
  if (!found || !tensor.data) return null;
  const shape = ranges.map(({ from, to }) => to - from);
  checkRanges(tensor.shape, ranges, shape);
  const channels = await readChannels(tensor);
  if (channels === 'unknown') return null;
  const { offset, dimensions } = narrow(found.layout, ranges);
  const order = [...dimensions.keys()].sort((a, b) => strideOf(dimensions, b) - strideOf(dimensions, a));
  const sorted = order.flatMap((dimension) => dimensions[dimension] ?? []);
  const layout = { offset, dimensions: joinDimensions(sorted) };
  const scaling = scalingAlong(narrowChannels(channels, ranges), shape, order);
  const reading = { tensor, data: tensor.data, type: found.type, layout, scaling };
  const values = await readValues(reading).catch(nullIfDamaged);
  return values && { shape, values: values.length === 0 ? [] : inOrderOf(dimensions, sorted, values) };
}

function nullIfDamaged(error: unknown): null {
  if (error instanceof Damage) return null;
  throw error;
}

interface Reading {
  tensor: Tensor;
  data: StorageBytes;
  type: ElementType;
  layout: Layout;
  scaling: Scaling | undefined;
}

/** In the order of the layout. */
async function readValues({ tensor, data, type, layout, scaling }: Reading): Promise<ElementValue[]> {
  const { source, start, byteOrder } = data;
  const read = (position: number, length: number) => source.read(start + position, length);
  const stored = new ElementReader(layout, type.width, read, span);
  const reader = scaling ? new ScaledReader(stored, { type, byteOrder, scaling }) : stored;
  const given = scaling
    ? { ...scaled, byteOrder: 'little' as const }
    : { dtype: tensor.dtype, type, byteOrder };
  const values: ElementValue[] = [];
  while (values.length < reader.count) {
    const bytes = await reader.take(values.length, reader.count);
    values.push(...listValues(toNative(bytes, given.type, given.byteOrder), given.dtype, given.type));
  }
  return values;
}

const strideOf = (dimensions: readonly Dimension[], axis: number): number => dimensions[axis]?.stride ?? 0;

/** Those of the channels that a slice goes through. */
function narrowChannels(channels: Channels | 'none', ranges: readonly Range[]): Channels | 'none' {
  if (channels === 'none' || channels.axis === null) return channels;
  const { from, to } = ranges[channels.axis] ?? { from: 0, to: 0 };
  const [scales, zeroPoints] = [channels.scales.subarray(from, to), channels.zeroPoints.subarray(from, to)];
  return { ...channels, scales, zeroPoints };
}

/** What was read in the order of storage, the `sorted` dimensions, as the dimensions themselves have it. */
function inOrderOf(
  dimensions: readonly Dimension[],
  sorted: readonly Dimension[],
  values: readonly ElementValue[],
): ElementValue[] {
  const strides = rowMajorStrides(sorted.map(({ size }) => size));
  let places = [0];
  for (const dimension of dimensions) {
    const stride = strides[sorted.indexOf(dimension)] ?? 0;
    places = places.flatMap((place) =>
      Array.from({ length: dimension.size }, (_, index) => place + index * stride),
    );
  }
  return places.map((place) => values[place] as ElementValue);
}

function checkRanges(whole: readonly number[], ranges: readonly Range[], shape: readonly number[]): void {
  const isInside = ({ from, to }: Range, index: number) =>
    Number.isSafeInteger(from) &&
    Number.isSafeInteger(to) &&
    from >= 0 &&
    from <= to &&
    to <= (whole[index] ?? 0);
  const isShort = shape.reduce((product, size) => product * size, 1) <= mostPeeked;
  if (ranges.length !== whole.length || !ranges.every(isInside) || !isShort) {
    throw new RangeError(`a slice must be inside the tensor and hold at most ${mostPeeked} elements`);
  }
}

function narrow({ offset, dimensions }: Layout, ranges: readonly Range[]): Layout {
  const sizes = ranges.map(({ from, to }) => to - from);
  return {
    offset: dimensions.reduce((sum, { stride }, index) => sum + (ranges[index]?.from ?? 0) * stride, offset),
    dimensions: dimensions.map(({ stride }, index) => ({ stride, size: sizes[index] ?? 0 })),
  };
}
