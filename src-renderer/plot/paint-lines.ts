import { type Detail, draftDots } from './detail.ts';
import type { Extent } from './extent.ts';
import { type Lane, laneShare, type Rails } from './lanes.ts';
import { type CloudColours, pixelColours, shareOf } from './paint-cloud.ts';
import { type Pixels, withAlpha } from './pixels.ts';

/** Values on an axis are taken together in so many steps for a first look, and in at most so many for a full one. */
const steps = { draft: 48, full: 240 };
const absent = 0xffff;
const faintest = 14;

/**
 * Many lines from lane to lane as a picture, denser where more of them go. Lines that begin and end in the same steps are
 * drawn once and counted, so the work has a bound however many there are. A line breaks where it has no value. The colour of a pixel is the
 * mean of those of its lines.
 * @returns a picture of the room between the first lane and the last; in full a pixel to each CSS pixel
 */
export function paintLines(
  lanes: readonly Lane[],
  rails: Rails,
  slots: Uint32Array,
  detail: Detail,
  colours: CloudColours,
): Pixels | null {
  const [first, last] = [lanes[0], lanes.at(-1)];
  if (!first || !last || last.x <= first.x) return null;
  const dots = detail === 'draft' ? draftDots : 1;
  const placeOf = ({ x }: Lane) => Math.round((x - first.x) * dots);
  const [width, height] = [placeOf(last), Math.round((rails.bottom - rails.top) * dots)];
  const count = Math.min(steps[detail], height);
  const density = new Density(width * height, colours.by !== null);
  const places = lanes.map((lane) => stepsOf(lane, count));
  for (let index = 1; index < lanes.length; index += 1) {
    const [left, right] = [lanes[index - 1] as Lane, lanes[index] as Lane].map(placeOf) as [number, number];
    const ends = { from: places[index - 1] as Uint16Array, to: places[index] as Uint16Array };
    const pairs = countPairs(ends, slots, count, colours.by);
    drawPairs(density, pairs, count, { left, width: right - left, stride: width, height });
  }
  return { data: toPixels(density, colours), width, height };
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

/** How many lines there are at each place; how many of them have a value that colours them, and the sum of where it lies on its ramp. */
class Density {
  readonly counts: Uint32Array;
  readonly valued: Uint32Array;
  readonly sums: Float32Array;

  constructor(size: number, isValued: boolean) {
    this.counts = new Uint32Array(size);
    this.valued = new Uint32Array(isValued ? size : 0);
    this.sums = new Float32Array(isValued ? size : 0);
  }

  add(place: number, lines: number, valued: number, sum: number): void {
    this.counts[place] = (this.counts[place] ?? 0) + lines;
    if (valued === 0) return;
    this.valued[place] = (this.valued[place] ?? 0) + valued;
    this.sums[place] = (this.sums[place] ?? 0) + sum;
  }
}

interface LaneEnds {
  from: Uint16Array;
  to: Uint16Array;
}

/** How many lines go from each step of one lane to each of the next. */
function countPairs(
  { from, to }: LaneEnds,
  slots: Uint32Array,
  count: number,
  by: CloudColours['by'],
): Density {
  const pairs = new Density(count * count, by !== null);
  const share = shareOf(by);
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] ?? 0;
    const [start, end] = [from[slot] ?? absent, to[slot] ?? absent];
    if (start !== absent && end !== absent) addOne(pairs, start * count + end, share(slot));
  }
  return pairs;
}

/** @param share beyond its ends, 0 and 1, it counts as those */
function addOne(pairs: Density, place: number, share: number): void {
  if (Number.isNaN(share)) pairs.add(place, 1, 0, 0);
  else pairs.add(place, 1, 1, Math.max(0, Math.min(1, share)));
}

/** Where a gap between two lanes lies in the picture. */
interface Gap {
  left: number;
  width: number;
  stride: number;
  height: number;
}

function drawPairs(density: Density, pairs: Density, count: number, gap: Gap): void {
  const scale = (gap.height - 1) / (count - 1);
  for (let pair = 0; pair < pairs.counts.length; pair += 1) {
    const lines = pairs.counts[pair] ?? 0;
    if (lines === 0) continue;
    const start = gap.height - 1 - Math.floor(pair / count) * scale;
    const end = gap.height - 1 - (pair % count) * scale;
    const slope = (end - start) / Math.max(1, gap.width);
    const [valued, sum] = [pairs.valued[pair] ?? 0, pairs.sums[pair] ?? 0];
    // One pixel of each column.
    for (let column = 0; column < gap.width; column += 1)
      density.add(
        Math.floor(start + 0.5 + slope * column) * gap.stride + gap.left + column,
        lines,
        valued,
        sum,
      );
  }
}

function toPixels(density: Density, colours: CloudColours): Uint8ClampedArray<ArrayBuffer> {
  const { counts } = density;
  const pixels = new Uint32Array(counts.length);
  const colourOf = pixelColours(density, colours);
  const highest = Math.log(1 + most(counts));
  for (let at = 0; at < counts.length; at += 1) {
    const count = counts[at] ?? 0;
    if (count > 0) pixels[at] = withAlpha(colourOf(at), opacityOf(Math.log(1 + count) / highest));
  }
  return new Uint8ClampedArray(pixels.buffer);
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
