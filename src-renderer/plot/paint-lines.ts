import { type Detail, draftDots } from './detail.ts';
import type { Extent } from './extent.ts';
import { type Lane, laneShare, type Rails } from './lanes.ts';
import { type Pixels, packColour, withAlpha } from './pixels.ts';

/** Values on an axis are taken together in so many steps for a first look, and in at most so many for a full one. */
const steps = { draft: 48, full: 240 };
const absent = 0xffff;
const faintest = 14;

/**
 * Many lines from lane to lane as a picture, denser where more of them go. Lines that begin and end in the same steps are
 * drawn once and counted, so the work has a bound however many there are. A line breaks where it has no value.
 * @returns a picture of the room between the first lane and the last; in full a pixel to each CSS pixel
 */
export function paintLines(
  lanes: readonly Lane[],
  rails: Rails,
  slots: Uint32Array,
  detail: Detail,
  colour: readonly [red: number, green: number, blue: number],
): Pixels | null {
  const [first, last] = [lanes[0], lanes.at(-1)];
  if (!first || !last || last.x <= first.x) return null;
  const dots = detail === 'draft' ? draftDots : 1;
  const placeOf = ({ x }: Lane) => Math.round((x - first.x) * dots);
  const [width, height] = [placeOf(last), Math.round((rails.bottom - rails.top) * dots)];
  const count = Math.min(steps[detail], height);
  const density = new Uint32Array(width * height);
  const places = lanes.map((lane) => stepsOf(lane, count));
  for (let index = 1; index < lanes.length; index += 1) {
    const [left, right] = [lanes[index - 1] as Lane, lanes[index] as Lane].map(placeOf) as [number, number];
    const pairs = countPairs(places[index - 1] as Uint16Array, places[index] as Uint16Array, slots, count);
    drawPairs(density, pairs, count, { left, width: right - left, stride: width, height });
  }
  return { data: toPixels(density, colour), width, height };
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

/** How many lines go from each step of one lane to each of the next. */
function countPairs(from: Uint16Array, to: Uint16Array, slots: Uint32Array, count: number): Uint32Array {
  const pairs = new Uint32Array(count * count);
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] ?? 0;
    const [start, end] = [from[slot] ?? absent, to[slot] ?? absent];
    if (start === absent || end === absent) continue;
    const pair = start * count + end;
    pairs[pair] = (pairs[pair] ?? 0) + 1;
  }
  return pairs;
}

/** Where a gap between two lanes lies in the picture. */
interface Gap {
  left: number;
  width: number;
  stride: number;
  height: number;
}

function drawPairs(density: Uint32Array, pairs: Uint32Array, count: number, gap: Gap): void {
  const scale = (gap.height - 1) / (count - 1);
  for (let pair = 0; pair < pairs.length; pair += 1) {
    const lines = pairs[pair] ?? 0;
    if (lines === 0) continue;
    const start = gap.height - 1 - Math.floor(pair / count) * scale;
    const end = gap.height - 1 - (pair % count) * scale;
    drawLine(density, start, end, lines, gap);
  }
}

/** Adds to one pixel of each column. */
function drawLine(density: Uint32Array, start: number, end: number, lines: number, gap: Gap): void {
  const slope = (end - start) / Math.max(1, gap.width);
  let y = start + 0.5;
  for (let column = gap.left; column < gap.left + gap.width; column += 1) {
    const pixel = Math.floor(y) * gap.stride + column;
    density[pixel] = (density[pixel] ?? 0) + lines;
    y += slope;
  }
}

function toPixels(
  density: Uint32Array,
  colour: readonly [red: number, green: number, blue: number],
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint32Array(density.length);
  const packed = packColour(...colour);
  const highest = Math.log(1 + most(density));
  for (let at = 0; at < density.length; at += 1) {
    const count = density[at] ?? 0;
    if (count > 0) pixels[at] = withAlpha(packed, opacityOf(Math.log(1 + count) / highest));
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
