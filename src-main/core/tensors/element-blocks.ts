import type { Tensor } from '../formats/contents.ts';
import { type ElementType, toNative } from './element-types.ts';
import { countElements, isWalkable, joinDimensions, type Layout, layoutOf } from './layout.ts';
import { blockLength } from './measure-elements.ts';
import { isOrderly, longestKept, openElements } from './placed-elements.ts';
import type { WorkOptions } from './run-shares.ts';

/** A tensor's elements in an order, ready to be walked. */
export interface Walk {
  tensor: Tensor;
  type: ElementType;
  layout: Layout;
  count: number;
}

/** Row-major, as the shape names them. Null where they cannot be read, or not in that order. */
export function walkRows(tensor: Tensor): Walk | null {
  return walk(tensor, (dimensions) => dimensions);
}

/** Column-major: the first dimension fastest. */
export function walkColumns(tensor: Tensor): Walk | null {
  return walk(tensor, (dimensions) => dimensions.toReversed());
}

function walk(
  tensor: Tensor,
  order: (dimensions: Layout['dimensions']) => Layout['dimensions'],
): Walk | null {
  const found = layoutOf(tensor);
  if (!found || !tensor.data) return null;
  const { type } = found;
  const layout = { ...found.layout, dimensions: joinDimensions(order(found.layout.dimensions)) };
  const isReadable = isOrderly(layout) || tensor.data.length <= longestKept;
  const isShort = isWalkable(layout, tensor.data.length / type.width);
  return isReadable && isShort ? { tensor, type, layout, count: countElements(layout) } : null;
}

/** How elements are read one after the other. `onBytes` gets those that were read since the last call. */
export type ElementReading = Pick<WorkOptions, 'signal' | 'onBytes'>;

/** The bytes of the elements, in this machine's order, block by block; each is valid until the next is asked for. */
export async function* elementBlocks(
  { tensor, layout, count }: Walk,
  { signal, onBytes }: ElementReading = {},
): AsyncGenerator<Uint8Array> {
  const { data, dtype } = tensor;
  if (!data || count === 0) return;
  const { byteOrder } = data;
  const { reader, type } = openElements({ storage: data, dtype, byteOrder, layout });
  for (let done = 0; done < count; ) {
    signal?.throwIfAborted();
    const bytes = await reader.take(done, blockLength);
    done += bytes.byteLength / type.width;
    onBytes?.(bytes.byteLength);
    yield toNative(bytes, type, byteOrder);
  }
}
