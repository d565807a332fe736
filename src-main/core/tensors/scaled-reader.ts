import { type ElementType, elementTypes, toNative } from './element-types.ts';
import type { ReadsElements } from './read-elements.ts';

/** What integers stand for: of each channel a scale and a zero point. So many elements of one channel come one after the other, then those of the next. */
export interface Scaling {
  scales: Float64Array;
  zeroPoints: Float64Array;
  run: number;
}

/** What quantized elements are once they are scaled. */
export const scaled = { dtype: 'float32', type: elementTypes.get('float32') as ElementType };

interface Stored {
  type: ElementType;
  byteOrder: 'little' | 'big';
  scaling: Scaling;
}

/** The float32 numbers that the integers of another reader stand for, rounded as PyTorch rounds them. fbgemm/QuantUtils.h, `Dequantize` */
export class ScaledReader implements ReadsElements {
  readonly #integers: ReadsElements;
  readonly #stored: Stored;
  #integer = new Float64Array(0);
  #number = new Float32Array(0);

  constructor(integers: ReadsElements, stored: Stored) {
    this.#integers = integers;
    this.#stored = stored;
  }

  get count(): number {
    return this.#integers.count;
  }

  async take(first: number, most: number): Promise<Uint8Array> {
    const { type, byteOrder, scaling } = this.#stored;
    const bytes = toNative(await this.#integers.take(first, most), type, byteOrder);
    const count = bytes.byteLength / type.width;
    if (this.#number.length < count) {
      this.#integer = new Float64Array(count);
      this.#number = new Float32Array(count);
    }
    type.decode(bytes, this.#integer);
    scale(this.#integer, this.#number, { ...scaling, first, count });
    return new Uint8Array(this.#number.buffer, 0, 4 * count);
  }
}

function scale(
  from: Float64Array,
  to: Float32Array,
  { scales, zeroPoints, run, first, count }: Scaling & { first: number; count: number },
): void {
  const channels = scales.length;
  for (let done = 0; done < count; ) {
    const turn = Math.floor((first + done) / run);
    const end = Math.min(count, (turn + 1) * run - first);
    const [factor, zero] = [Math.fround(scales[turn % channels] ?? 0), zeroPoints[turn % channels] ?? 0];
    for (; done < end; done += 1) to[done] = factor * Math.fround((from[done] as number) - zero);
  }
}
