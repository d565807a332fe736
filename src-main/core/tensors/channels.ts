import type { Quantization, StoredValues, Tensor } from '../formats/contents.ts';
import { type Layout, layoutOf } from './layout.ts';
import { readNumbers } from './read-numbers.ts';
import type { Scaling } from './scaled-reader.ts';

/** Scales and zero points of a quantized tensor, one of each for all of it, or for each index along `axis`. */
export interface Channels extends Pick<Scaling, 'scales' | 'zeroPoints'> {
  axis: number | null;
}

/** So many are kept in memory. */
const mostChannels = 1_000_000;

/** torch/_utils.py, `_rebuild_qtensor`: those that it makes. */
const ofOneScale = 'per_tensor_affine';
const ofManyScales = new Set(['per_channel_affine', 'per_channel_affine_float_qparams']);

/** Why it is not known what the integers of a tensor stand for, in a few words; null where it is, and where it is not quantized. */
export function whyNotScaled({
  quantized,
  shape,
  stride,
}: Pick<Tensor, 'quantized' | 'shape' | 'stride'>): string | null {
  const found = quantized && findScales(quantized, shape, stride);
  return typeof found === 'string' ? found : null;
}

/** As they stand in the file. */
interface StoredChannels {
  axis: number | null;
  scales: StoredValues | number;
  zeroPoints: StoredValues | number;
}

const lost = 'what its integers stand for is not in the file, or not as it is';

function findScales(
  quantized: Quantization,
  shape: readonly number[],
  stride: readonly number[] | null,
): StoredChannels | string {
  const { scheme, scale, zeroPoint } = quantized;
  if (ofManyScales.has(scheme)) return findChannels(quantized, shape, stride);
  if (scheme !== ofOneScale) return `what its integers stand for is not known (${scheme})`;
  return scale === null || zeroPoint === null ? lost : { axis: null, scales: scale, zeroPoints: zeroPoint };
}

function findChannels(
  { axis, channels }: Quantization,
  shape: readonly number[],
  stride: readonly number[] | null,
): StoredChannels | string {
  const size = axis === null ? undefined : shape[axis];
  if (!channels || axis === null || size === undefined) return lost;
  if (!isRow(channels.scales, size) || !isRow(channels.zeroPoints, size)) return lost;
  if (size > 1 && stride?.[axis] === 0) return 'its channels share their integers';
  return size > mostChannels ? 'it has too many channels' : { axis, ...channels };
}

function isRow(values: StoredValues, size: number): boolean {
  const isLong = values.shape.length === 1 && values.shape[0] === size;
  return isLong && layoutOf(values)?.type.parts === 1;
}

/**
 * What the integers of a tensor stand for; `none` where it is not quantized, `unknown` as {@link whyNotScaled} has it, and where it turns out
 * damaged. @throws ModelManagerError when it cannot be read
 */
export async function readChannels({
  quantized,
  shape,
  stride,
}: Tensor): Promise<Channels | 'none' | 'unknown'> {
  if (!quantized) return 'none';
  const found = findScales(quantized, shape, stride);
  if (typeof found === 'string') return 'unknown';
  const [scales, zeroPoints] = [await numbersOf(found.scales), await numbersOf(found.zeroPoints)];
  return scales && zeroPoints ? { axis: found.axis, scales, zeroPoints } : 'unknown';
}

async function numbersOf(values: StoredValues | number): Promise<Float64Array | null> {
  return typeof values === 'number' ? Float64Array.of(values) : readNumbers(values);
}

/** The same for elements that are walked along these dimensions of a shape, the last running fastest; undefined for what is not quantized. */
export function scalingAlong(
  channels: Channels | 'none',
  shape: readonly number[],
  order: readonly number[],
): Scaling | undefined {
  if (channels === 'none') return undefined;
  const { axis, scales, zeroPoints } = channels;
  const faster = axis === null ? [] : order.slice(order.indexOf(axis) + 1);
  return {
    scales,
    zeroPoints,
    run: faster.reduce((product, dimension) => product * (shape[dimension] ?? 1), 1),
  };
}

/** The dimensions of a layout in the order of storage, but for those whose elements are all the same. */
export function storageOrder({ dimensions }: Pick<Layout, 'dimensions'>): number[] {
  const strideOf = (axis: number) => dimensions[axis]?.stride ?? 0;
  const distinct = [...dimensions.keys()].filter((axis) => strideOf(axis) !== 0);
  return distinct.sort((a, b) => strideOf(b) - strideOf(a));
}
