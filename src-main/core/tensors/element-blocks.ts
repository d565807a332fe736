import type { Tensor } from '../formats/contents.ts';
import { Damage } from '../formats/damage.ts';
import { readChannels, scalingAlong, whyNotScaled } from './channels.ts';
import { type ElementType, elementTypes, toNative } from './element-types.ts';
import { countElements, isWalkable, joinDimensions, type Layout, layoutOf } from './layout.ts';
import { blockLength } from './measure-elements.ts';
import type { MemberChecks } from './member-checks.ts';
import { NotedReading } from './noted-reading.ts';
import { isOrderly, longestKept, openElements } from './placed-elements.ts';
import type { WorkOptions } from './run-shares.ts';
import { scaled } from './scaled-reader.ts';

/** A tensor's elements in an order, ready to be walked; `dtype` and `type` are those of what is given. */
export interface Walk {
  tensor: Tensor;
  dtype: string;
  type: ElementType;
  layout: Layout;
  count: number;
  /** The dimensions of the tensor as they are walked, the last running fastest. */
  order: readonly number[];
}

/** Row-major, as the shape names them. Null where they cannot be read, or not in that order. */
export function walkRows(tensor: Tensor): Walk | null {
  return walk(tensor, [...tensor.shape.keys()]);
}

/** Column-major: the first dimension fastest. */
export function walkColumns(tensor: Tensor): Walk | null {
  return walk(tensor, [...tensor.shape.keys()].reverse());
}

function walk(tensor: Tensor, order: readonly number[]): Walk | null {
  const found = layoutOf(tensor);
  if (!found || !tensor.data || whyNotScaled(tensor) !== null) return null;
  const { type } = found;
  const ordered = order.flatMap((dimension) => found.layout.dimensions[dimension] ?? []);
  const layout = { ...found.layout, dimensions: joinDimensions(ordered) };
  const isReadable = isOrderly(layout) || tensor.data.length <= longestKept;
  const isShort = isWalkable(layout, tensor.data.length / type.width);
  const given = tensor.quantized ? scaled : { dtype: tensor.dtype, type };
  return isReadable && isShort ? { tensor, ...given, layout, count: countElements(layout), order } : null;
}

/** How elements are read one after the other. `onBytes` gets those that were read since the last call, `checks` what was read to the end. */
export interface ElementReading extends Pick<WorkOptions, 'signal' | 'onBytes'> {
  checks?: MemberChecks;
}

/** The bytes of the elements, in this machine's order, block by block; each is valid until the next is asked for. */
export async function* elementBlocks(
  { tensor, layout, count, order }: Walk,
  { signal, onBytes, checks }: ElementReading = {},
): AsyncGenerator<Uint8Array> {
  const { data, dtype, shape } = tensor;
  if (!data || count === 0) return;
  const channels = await readChannels(tensor);
  if (channels === 'unknown') throw new Damage('what its integers stand for cannot be read');
  const scaling = scalingAlong(channels, shape, order);
  const noted = checks && new NotedReading();
  const elements = openElements({ storage: data, dtype, byteOrder: data.byteOrder, layout, scaling }, noted);
  const { reader, type, byteOrder } = elements;
  const storedWidth = elementTypes.get(dtype)?.width ?? 0;
  for (let done = 0; done < count; ) {
    signal?.throwIfAborted();
    const bytes = await reader.take(done, blockLength);
    const taken = bytes.byteLength / type.width;
    done += taken;
    onBytes?.(taken * storedWidth);
    yield toNative(bytes, type, byteOrder);
  }
  if (noted?.piece) checks?.note(data, noted.piece);
}
