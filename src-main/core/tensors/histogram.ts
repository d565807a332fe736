import type { Tensor } from '../formats/contents.ts';
import { readChannels, scalingAlong, storageOrder } from './channels.ts';
import { toNative } from './element-types.ts';
import { countElements, layoutOf, sortElements } from './layout.ts';
import { blockLength, decodeReal } from './measure-elements.ts';
import { openElements } from './placed-elements.ts';

/** How many finite elements are at least `from` and less than `to`; the last bin has its end too. */
export interface Bin {
  from: number;
  to: number;
  count: number;
}

/**
 * `linear`: so many bins of one width from `min` to `max`, as the statistics have them. `magnitude`: a bin for each power
 * of two that some element's magnitude falls under; zeros are in none.
 */
export type HistogramScale =
  | { scale: 'linear'; bins: number; min: number; max: number }
  | { scale: 'magnitude' };

/** The exponents of float64, those of subnormal numbers included. */
const exponents = { least: -1074, most: 1023 };

/** Of complex numbers their magnitudes; null where the elements cannot be read. @throws the signal's reason, and what reading throws */
export async function countBins(
  tensor: Tensor,
  scale: HistogramScale,
  signal?: AbortSignal,
): Promise<Bin[] | null> {
  const found = layoutOf(tensor);
  const sorted = found && tensor.data && sortElements(found.layout, tensor.data.length / found.type.width);
  if (!sorted || !tensor.data) return null;
  const channels = await readChannels(tensor);
  if (channels === 'unknown') return null;
  const counter = scale.scale === 'linear' ? linearCounter(scale) : magnitudeCounter();
  const { reader, type, byteOrder } = openElements({
    storage: tensor.data,
    dtype: tensor.dtype,
    byteOrder: tensor.data.byteOrder,
    layout: sorted.layout,
    scaling: scalingAlong(channels, tensor.shape, storageOrder(found.layout)),
  });
  const numbers = new Float64Array(blockLength * type.parts);
  const total = sorted.repeat === 0 ? 0 : countElements(sorted.layout);
  for (let done = 0; done < total; ) {
    signal?.throwIfAborted();
    const bytes = toNative(await reader.take(done, blockLength), type, byteOrder);
    const taken = decodeReal(bytes, type, numbers);
    counter.count(numbers, taken);
    done += taken;
  }
  return counter.bins().map((bin) => ({ ...bin, count: bin.count * sorted.repeat }));
}

interface Counter {
  count(numbers: Float64Array, length: number): void;
  bins(): Bin[];
}

function linearCounter({ bins, min, max }: { bins: number; min: number; max: number }): Counter {
  const counts = new Float64Array(bins);
  const width = max / bins - min / bins;
  const perUnit = width === 0 ? 0 : 1 / width;
  return {
    count(numbers, length) {
      for (let index = 0; index < length; index += 1) {
        const value = numbers[index] as number;
        if (!(value >= min && value <= max)) continue;
        const bin = Math.min(bins - 1, Math.floor((value - min) * perUnit));
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
    },
    bins: () =>
      Array.from(counts, (count, bin) => ({
        from: min + bin * width,
        to: bin === bins - 1 ? max : min + (bin + 1) * width,
        count,
      })),
  };
}

function magnitudeCounter(): Counter {
  const counts = new Float64Array(exponents.most - exponents.least + 1);
  return {
    count(numbers, length) {
      const words = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * length);
      for (let index = 0; index < length; index += 1) {
        const exponent = exponentOf(words[2 * index + 1] as number, numbers[index] as number);
        if (exponent === null) continue;
        const bin = exponent - exponents.least;
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
    },
    bins: () =>
      Array.from(counts, (count, bin) => ({
        from: 2 ** (bin + exponents.least),
        to: 2 ** (bin + exponents.least + 1),
        count,
      })).slice(...filled(counts)),
  };
}

/**
 * The whole number below the base-2 logarithm of a magnitude, by the upper half of its bits; null for zero, and for what is
 * not finite. IEEE 754, binary64.
 */
function exponentOf(upper: number, value: number): number | null {
  const biased = (upper >>> 20) & 0x7ff;
  if (biased === 0x7ff || value === 0) return null;
  return biased === 0 ? subnormalExponent(Math.abs(value)) : biased - 1023;
}

/** Rounding may put the logarithm one too high. */
function subnormalExponent(magnitude: number): number {
  const exponent = Math.floor(Math.log2(magnitude));
  return 2 ** exponent > magnitude ? exponent - 1 : exponent;
}

/** From the first bin with something in it to the last. */
function filled(counts: Float64Array): [number, number] {
  const first = counts.findIndex((count) => count > 0);
  return first < 0 ? [0, 0] : [first, counts.findLastIndex((count) => count > 0) + 1];
}
