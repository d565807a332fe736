import { type Ramp, rampStep } from './colour-ramp.ts';
import { type Frame, scaleX, scaleY } from './frame.ts';
import { type Pixels, packColour, withAlpha } from './pixels.ts';

/** How a cloud of points is coloured: all alike, or each by a measure between two ends. */
export interface CloudColours {
  plain: readonly [red: number, green: number, blue: number];
  by: (Ramped & { ramp: Ramp }) | null;
}

/** A measure by slot, and the values at which its colours begin and end. */
export interface Ramped {
  values: Float64Array;
  low: number;
  high: number;
}

/** The palest that a single point gets, of 255. */
const faintest = 90;

/**
 * Many points as a picture: the more lie on a pixel, the denser it is (by the logarithm, so that one alone is still seen);
 * its colour is the mean of theirs. A hundred thousand take some ten milliseconds, where drawing each takes a third of a
 * second.
 * @param dots how many pixels of the picture there are to a CSS pixel
 * @param radius of a point, in CSS pixels
 */
export function paintCloud(frame: Frame, radius: number, dots: number, colours: CloudColours): Pixels {
  const width = Math.max(1, Math.round(frame.area.width * dots));
  const height = Math.max(1, Math.round(frame.area.height * dots));
  const stamp = new Stamp(width, height, radius * dots, colours.by !== null);
  stampAll(stamp, frame, dots, colours.by);
  const pixels = new Uint32Array(width * height);
  colourPixels(pixels, stamp, colours);
  return { data: new Uint8ClampedArray(pixels.buffer), width, height };
}

/** For each pixel the points on it, and the sum of what they are coloured by; with a margin, so that none falls outside. */
class Stamp {
  readonly counts: Uint32Array;
  readonly valued: Uint32Array;
  readonly sums: Float32Array;
  readonly stride: number;
  readonly margin: number;
  readonly width: number;
  readonly height: number;
  readonly #disc: Int32Array;

  constructor(width: number, height: number, radius: number, isValued: boolean) {
    this.margin = Math.ceil(radius);
    this.width = width;
    this.height = height;
    this.stride = width + 2 * this.margin;
    const size = this.stride * (height + 2 * this.margin);
    this.counts = new Uint32Array(size);
    this.valued = new Uint32Array(isValued ? size : 0);
    this.sums = new Float32Array(isValued ? size : 0);
    this.#disc = discOffsets(radius, this.stride);
  }

  /** @param x, y pixels within the picture @param share NaN where there is nothing to colour by */
  press(x: number, y: number, share: number): void {
    const centre = (Math.round(y) + this.margin) * this.stride + Math.round(x) + this.margin;
    for (let at = 0; at < this.#disc.length; at += 1) {
      const pixel = centre + (this.#disc[at] ?? 0);
      this.counts[pixel] = (this.counts[pixel] ?? 0) + 1;
      if (Number.isNaN(share)) continue;
      this.valued[pixel] = (this.valued[pixel] ?? 0) + 1;
      this.sums[pixel] = (this.sums[pixel] ?? 0) + share;
    }
  }
}

function discOffsets(radius: number, stride: number): Int32Array {
  const reach = Math.ceil(radius);
  const offsets: number[] = [];
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1)
      if (dx * dx + dy * dy <= radius * radius + 0.25) offsets.push(dy * stride + dx);
  }
  return Int32Array.from(offsets);
}

function stampAll(stamp: Stamp, frame: Frame, dots: number, by: CloudColours['by']): void {
  const { slots, x, y, area } = frame;
  const [across, up] = [scaleX(frame), scaleY(frame)];
  const share = shareOf(by);
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] ?? 0;
    const px = ((x[slot] ?? 0) * across.factor + across.offset - area.left) * dots;
    const py = ((y[slot] ?? 0) * up.factor + up.offset - area.top) * dots;
    if (px >= 0 && py >= 0 && px < stamp.width && py < stamp.height) stamp.press(px, py, share(slot));
  }
}

/** Where a version lies between the ends of what it is coloured by; NaN where it has no finite value, or nothing colours it. */
export function shareOf(by: Ramped | null): (slot: number) => number {
  if (by === null) return () => Number.NaN;
  const { values, low, high } = by;
  const span = high - low || 1;
  return (slot) => {
    const share = ((values[slot] ?? Number.NaN) - low) / span;
    return Number.isFinite(share) ? share : Number.NaN;
  };
}

const known = new WeakMap<Float64Array, Ramped & { shares: Float32Array }>();

/** {@link shareOf} of each slot, none beyond the ends; worked out once. @param by its values never change */
export function sharesOf(by: Ramped): Float32Array {
  const before = known.get(by.values);
  if (before?.low === by.low && before.high === by.high) return before.shares;
  const share = shareOf(by);
  const shares = Float32Array.from(by.values, (_, slot) => Math.max(0, Math.min(1, share(slot))));
  known.set(by.values, { ...by, shares });
  return shares;
}

function colourPixels(pixels: Uint32Array, stamp: Stamp, colours: CloudColours): void {
  const alpha = alphaTable(stamp.counts);
  const colourOf = pixelColours(stamp, colours);
  for (let row = 0; row < stamp.height; row += 1) {
    const start = (row + stamp.margin) * stamp.stride + stamp.margin;
    for (let column = 0; column < stamp.width; column += 1) {
      const count = stamp.counts[start + column] ?? 0;
      if (count === 0) continue;
      const density = alpha[Math.min(count, alpha.length - 1)] ?? 255;
      pixels[row * stamp.width + column] = withAlpha(colourOf(start + column), density);
    }
  }
}

/** The colour of a pixel that something lies on: of the mean of what has a value, plain where nothing has. */
export function pixelColours(
  { sums, valued }: Pick<Stamp, 'sums' | 'valued'>,
  { plain, by }: CloudColours,
): (pixel: number) => number {
  const single = packColour(...plain);
  if (by === null) return () => single;
  const palette = packedRamp(by.ramp);
  return (pixel) => {
    const count = valued[pixel] ?? 0;
    return count === 0 ? single : (palette[rampStep((sums[pixel] ?? 0) / count)] ?? single);
  };
}

/** The density for each count. */
function alphaTable(counts: Uint32Array): Uint8Array {
  let most = 1;
  for (let at = 0; at < counts.length; at += 1) if ((counts[at] ?? 0) > most) most = counts[at] ?? 0;
  const scale = most > 1 ? (255 - faintest) / Math.log(most) : 0;
  const table = new Uint8Array(Math.min(most, 65_535) + 1);
  for (let count = 1; count < table.length; count += 1) table[count] = faintest + scale * Math.log(count);
  return table;
}

function packedRamp(ramp: Ramp): Uint32Array {
  return Uint32Array.from({ length: ramp.length / 3 }, (_, step) =>
    packColour(ramp[3 * step] ?? 0, ramp[3 * step + 1] ?? 0, ramp[3 * step + 2] ?? 0),
  );
}
