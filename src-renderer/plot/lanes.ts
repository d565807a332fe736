import type { Extent } from './extent.ts';
import type { ChartSize } from './useEchart.ts';

/** One of several upright axes side by side. */
export interface Lane {
  /** By slot. */
  values: Float64Array;
  extent: Extent;
  /** Where it stands, in CSS pixels. */
  x: number;
}

/** From where to where all lanes go, in CSS pixels. */
export interface Rails {
  top: number;
  bottom: number;
}

/** Beside the first lane, and beside the last. In CSS pixels. */
export const laneMargin = 52;
const room = { legend: 22, top: 34, bottom: 26 };

/** @param withLegend leaves room for one above the names */
export function railsIn({ height }: ChartSize, withLegend: boolean): Rails {
  const top = room.top + (withLegend ? room.legend : 0);
  return { top, bottom: Math.max(top + 20, height - room.bottom) };
}

/** Where so many lanes stand, evenly. */
export function lanePlaces(count: number, { width }: ChartSize): number[] {
  const span = Math.max(1, width - 2 * laneMargin);
  return Array.from({ length: count }, (_, index) =>
    Math.round(laneMargin + (count > 1 ? (span * index) / (count - 1) : span / 2)),
  );
}

/** How far lanes are apart, in CSS pixels; a lane alone has room to both sides. */
export function laneGap(lanes: readonly Lane[]): number {
  const [first, second] = lanes;
  return first && second ? second.x - first.x : 2 * laneMargin;
}

export function laneY({ extent }: Pick<Lane, 'extent'>, { top, bottom }: Rails, value: number): number {
  return bottom - laneShare(extent, value) * (bottom - top);
}

/** How far up a lane a value is, of 1; a value that is the only one is in the middle. */
export function laneShare({ low, high }: Extent, value: number): number {
  return high > low ? (value - low) / (high - low) : 0.5;
}

export function laneValue(
  { extent: { low, high } }: Pick<Lane, 'extent'>,
  { top, bottom }: Rails,
  y: number,
): number {
  return low + ((bottom - y) / (bottom - top)) * (high - low);
}
