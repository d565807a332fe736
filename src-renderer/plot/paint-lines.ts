import { type Density, giveBack, takeDensity } from './density.ts';
import { type Detail, draftDots } from './detail.ts';
import { drawGap, linesBetween } from './draw-gap.ts';
import type { Extent } from './extent.ts';
import { type Lane, laneShare, type Rails } from './lanes.ts';
import { type CloudColours, pixelColours, sharesOf } from './paint-cloud.ts';
import { type Pixels, withAlpha } from './pixels.ts';

/** Values on an axis are taken together in so many steps for a first look, and in at most so many for a full one. */
const steps = { draft: 48, full: 240 };
const absent = 0xffff;
const faintest = 14;

/** {@link paintingOfLines}, all at once. */
export function paintLines(...asked: Parameters<typeof paintingOfLines>): Pixels | null {
  const painting = paintingOfLines(...asked);
  for (;;) {
    const { done, value } = painting.next();
    if (done) return value;
  }
}

/**
 * Many lines from lane to lane as a picture, denser where more of them go. Lines that begin and end in the same steps are
 * drawn once and counted, so the work has a bound however many there are. A line breaks where it has no value. The colour of a pixel is the
 * mean of those of its lines. Other work may be done between one lane and the next.
 * @returns a picture of the room between the first lane and the last; in full a pixel to each CSS pixel
 */
export function* paintingOfLines(
  lanes: readonly Lane[],
  rails: Rails,
  slots: Uint32Array,
  detail: Detail,
  colours: CloudColours,
): Generator<void, Pixels | null> {
  const [first, last] = [lanes[0], lanes.at(-1)];
  if (!first || !last || last.x <= first.x || slots.length === 0) return null;
  const dots = detail === 'draft' ? draftDots : 1;
  const placeOf = ({ x }: Lane) => Math.round((x - first.x) * dots);
  const [width, height] = [placeOf(last), Math.round((rails.bottom - rails.top) * dots)];
  const count = Math.min(steps[detail], height);
  const picture = takeDensity(width * height, colours.by !== null);
  const places = lanes.map((lane) => stepsOf(lane, count));
  const shares = colours.by && sharesOf(colours.by);
  for (let index = 1; index < lanes.length; index += 1) {
    const [left, right] = [lanes[index - 1] as Lane, lanes[index] as Lane].map(placeOf) as [number, number];
    const ends = { from: places[index - 1] as Uint16Array, to: places[index] as Uint16Array };
    const gap = { left, width: right - left, stride: width, height };
    const pairs = takeDensity(count * count, picture.isValued);
    countPairs(pairs, ends, slots, count, shares);
    drawGap(picture, linesBetween(pairs, count, gap), gap);
    giveBack(pairs);
    yield;
  }
  const data = toPixels(picture, colours);
  giveBack(picture);
  return { data, width, height };
}

/** Steps of the lanes that were drawn, as long as their values live: a filter changes none of them. */
const known = new WeakMap<Float64Array, Map<number, Uint16Array>>();

/** The step of each slot, whichever of them are drawn. */
function stepsOf({ values, extent }: Lane, count: number): Uint16Array {
  const byCount = known.get(values) ?? new Map<number, Uint16Array>();
  known.set(values, byCount);
  const steps = byCount.get(count) ?? stepsIn(values, extent, count);
  byCount.set(count, steps);
  return steps;
}

function stepsIn(values: Float64Array, extent: Extent, count: number): Uint16Array {
  const places = new Uint16Array(values.length);
  for (let slot = 0; slot < values.length; slot += 1) {
    const step = Math.round(laneShare(extent, values[slot] ?? Number.NaN) * (count - 1));
    places[slot] = step >= 0 && step < count ? step : absent;
  }
  return places;
}

interface LaneEnds {
  from: Uint16Array;
  to: Uint16Array;
}

/** How many lines go from each step of one lane to each of the next. @param shares where the values that colour them lie on their ramp */
function countPairs(
  pairs: Density,
  { from, to }: LaneEnds,
  slots: Uint32Array,
  count: number,
  shares: Float32Array | null,
): void {
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] as number;
    const [start, end] = [from[slot] as number, to[slot] as number];
    if (start !== absent && end !== absent) pairs.addOne(start * count + end, shares?.[slot] ?? Number.NaN);
  }
}

function toPixels(density: Density, colours: CloudColours): Uint8ClampedArray<ArrayBuffer> {
  const { counts } = density;
  const pixels = new Uint32Array(counts.length);
  const colourOf = pixelColours(density, colours);
  const highest = logOf(most(counts));
  for (let at = 0; at < counts.length; at += 1) {
    const count = counts[at] as number;
    if (count > 0) pixels[at] = withAlpha(colourOf(at), opacityOf(logOf(count) / highest));
  }
  return new Uint8ClampedArray(pixels.buffer);
}

/** Those of most counts are worked out once. */
const logs = Float64Array.from({ length: 4096 }, (_, count) => Math.log(1 + count));

function logOf(count: number): number {
  return logs[count] ?? Math.log(1 + count);
}

/** Few lines stay faint, so that many are told from more. @param share of the densest place, by logarithms */
function opacityOf(share: number): number {
  return Math.round(faintest + (255 - faintest) * share * share);
}

function most(density: Uint32Array): number {
  let highest = 1;
  for (let at = 0; at < density.length; at += 1) if ((density[at] ?? 0) > highest) highest = density[at] ?? 0;
  return highest;
}
