import type { Extent } from './extent.ts';
import { evenTicks, logTicks } from './log-ticks.ts';
import type { AxisLook } from './picture.ts';
import { textWidth } from './text-width.ts';

/** In pixels: what words may take beside an upright axis, and times do; the room there is at least; and all that stands there but values. */
const [widestWord, widthOfTimes, least, beside] = [46, 46, 66, 34];
/** In pixels: how far the middle of its name is from the edge. */
export const nameAt = 16;
export const axisFontSize = 11;

/** How many values are to be written along so many pixels. */
export function ticksIn(which: 'x' | 'y', pixels: number): number {
  return Math.max(2, Math.round(pixels / (which === 'x' ? 70 : 36)));
}

/** What an upright axis takes to its left, in pixels: its values beside each other with its name. @param height of the axis, in pixels */
export function axisRoom(look: AxisLook, extent: Extent, height: number, font: string): number {
  return Math.max(least, Math.ceil(widestValue(look, extent, height, font)) + beside);
}

function widestValue({ scale, format }: AxisLook, extent: Extent, height: number, font: string): number {
  if (scale === 'time') return widthOfTimes;
  const wanted = ticksIn('y', height);
  const ticks =
    scale === 'log'
      ? logTicks(extent, wanted)
      : evenTicks(extent, niceStep((extent.high - extent.low) / wanted));
  const widths = ticks.map((tick) => textWidth(format(tick), `${axisFontSize}px ${font}`));
  const widest = Math.max(0, ...widths);
  return scale === 'text' ? Math.min(widestWord, widest) : widest;
}

/** The step that ECharts takes for about that. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const figure = rough / power;
  const least = [1.5, 2.5, 4, 7].findIndex((end) => figure < end);
  return ([1, 2, 3, 5][least] ?? 10) * power;
}
