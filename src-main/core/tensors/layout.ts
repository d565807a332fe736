import type { StoredValues } from '../formats/contents.ts';
import { type ElementType, elementTypes } from './element-types.ts';

/** One direction in which a tensor's elements lie: so many, each so many elements of storage after the one before. */
export interface Dimension {
  size: number;
  stride: number;
}

/** Where elements lie in a storage, in elements: from `offset`, the last dimension running fastest. */
export interface Layout {
  offset: number;
  dimensions: readonly Dimension[];
}

/** So much longer than its storage may a tensor be, repeats aside, for its elements to be walked. */
const mostOverlap = 16;
const alwaysWalked = 1_000_000;

export const countElements = ({ dimensions }: Pick<Layout, 'dimensions'>): number =>
  dimensions.reduce((product, { size }) => product * size, 1);

/** Strides of a shape whose last dimension runs fastest, in elements. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  let stride = 1;
  return shape
    .toReversed()
    .map((size) => {
      const own = stride;
      stride *= Math.max(1, size);
      return own;
    })
    .reverse();
}

/** How a tensor's elements lie, as its shape names them. Null where they cannot be read or are no numbers. */
export function layoutOf(tensor: StoredValues): { layout: Layout; type: ElementType } | null {
  const type = elementTypes.get(tensor.dtype);
  if (!type || !tensor.data) return null;
  const strides = tensor.stride ?? rowMajorStrides(tensor.shape);
  const dimensions = tensor.shape.map((size, index) => ({ size, stride: strides[index] ?? -1 }));
  const layout = { offset: tensor.offset ?? 0, dimensions };
  return fits(layout, Math.floor(tensor.data.length / type.width)) ? { layout, type } : null;
}

/** Whether every element is inside a storage of so many. A tensor without elements always is. */
function fits({ offset, dimensions }: Layout, elements: number): boolean {
  const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
  if (!isCount(offset) || !dimensions.every(({ size, stride }) => isCount(size) && isCount(stride)))
    return false;
  if (dimensions.some(({ size }) => size === 0)) return true;
  const last = dimensions.reduce((position, { size, stride }) => position + (size - 1) * stride, offset);
  return last < elements;
}

/** The same elements, neighbours joined to one dimension and those of size 1 left out. Their order stays. */
export function joinDimensions(dimensions: readonly Dimension[]): Dimension[] {
  const joined: Dimension[] = [];
  for (const { size, stride } of dimensions) {
    if (size === 1) continue;
    const outer = joined.at(-1);
    if (outer && outer.stride === size * stride) {
      joined[joined.length - 1] = { size: outer.size * size, stride };
    } else joined.push({ size, stride });
  }
  return joined;
}

/**
 * The elements in the order of storage, for what does not depend on their order; each that stands there `repeat` times
 * over (stride 0, as `expand` makes it) once. Null where they overlap so much that walking them would have no end.
 */
export function sortElements(
  layout: Layout,
  storageElements: number,
): { layout: Layout; repeat: number } | null {
  const repeated = layout.dimensions.filter(({ stride }) => stride === 0);
  const distinct = layout.dimensions.filter(({ stride }) => stride !== 0);
  const sorted = { ...layout, dimensions: joinDimensions(distinct.sort((a, b) => b.stride - a.stride)) };
  if (!isWalkable(sorted, storageElements)) return null;
  return { layout: sorted, repeat: countElements({ dimensions: repeated }) };
}

/** Whether a tensor is not so much longer than what it is made of that walking it would have no end. */
export function isWalkable(layout: Layout, storageElements: number): boolean {
  return countElements(layout) <= alwaysWalked + mostOverlap * storageElements;
}
