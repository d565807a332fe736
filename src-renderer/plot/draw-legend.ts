import type { ChartColours } from './chart-colours.ts';
import { rampCss } from './colour-ramp.ts';
import type { Area } from './frame.ts';
import type { Shape } from './picture.ts';

/** What colours mean: the name of the measure and both its ends. */
export interface Legend {
  name: string;
  low: string;
  high: string;
}

const [width, height, steps] = [96, 8, 32];
/** What a word at an end of the bar may take, in pixels; what it takes is as good as known. */
const longestEnd = 90;
const widthOf = (text: string): number => Math.min(longestEnd, text.length * 6.2);

/** A bar of the colours above the right end of a frame, its ends in words. */
export function drawLegend({ name, low, high }: Legend, area: Area, colours: ChartColours): Shape[] {
  const right = area.left + area.width;
  const highWidth = 8 + widthOf(high);
  const from = right - highWidth - width;
  const end = from - 16 - widthOf(low);
  const middle = area.top - 14;
  const word = (text: string, x: number, room: number, fill: string): Shape => ({
    type: 'text',
    style: {
      text,
      x,
      y: middle,
      fill,
      font: `11px ${colours.font}`,
      align: 'right',
      verticalAlign: 'middle',
      width: room,
      overflow: 'truncate',
      ellipsis: '…',
    },
  });
  const bar = Array.from(
    { length: steps },
    (_, step): Shape => ({
      type: 'rect',
      shape: { x: from + (width * step) / steps, y: middle - height / 2, width: width / steps + 0.5, height },
      style: { fill: rampCss(colours.ramp, step / (steps - 1)) },
    }),
  );
  return [
    ...bar,
    word(high, right, longestEnd, colours.textDim),
    word(low, from - 6, longestEnd, colours.textDim),
    word(name, end, Math.max(20, end - area.left), colours.text),
  ];
}
