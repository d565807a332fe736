import type { Tensor } from '../formats/contents.ts';
import { toNative } from './element-types.ts';
import { joinDimensions, type Layout, layoutOf } from './layout.ts';
import { type ElementValue, listValues } from './list-values.ts';
import { ElementReader } from './read-elements.ts';

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
  const { type } = found;
  const { source, start, byteOrder } = tensor.data;
  const reader = new ElementReader(
    narrow(found.layout, ranges),
    type.width,
    (position, length) => source.read(start + position, length),
    span,
  );
  const values: ElementValue[] = [];
  while (values.length < reader.count) {
    const bytes = await reader.take(values.length, reader.count);
    values.push(...listValues(toNative(bytes, type, byteOrder), tensor.dtype, type));
  }
  return { shape, values };
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
    dimensions: joinDimensions(dimensions.map(({ stride }, index) => ({ stride, size: sizes[index] ?? 0 }))),
  };
}
