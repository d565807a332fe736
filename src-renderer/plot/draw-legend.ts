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

/** A bar of the colours above the right end of a frame, its ends in words. */
export function drawLegend({ name, low, high }: Legend, area: Area, colours: ChartColours): Shape[] {
  const right = area.left + area.width;
  const highWidth = 8 + high.length * 6.2;
  const from = right - highWidth - width;
  const middle = area.top - 14;
  const word = (text: string, x: number, align: 'left' | 'right', fill: string): Shape => ({
    type: 'text',
    style: { text, x, y: middle, fill, font: `11px ${colours.font}`, align, verticalAlign: 'middle' },
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
    word(high, right, 'right', colours.textDim),
    word(low, from - 6, 'right', colours.textDim),
    word(name, from - 16 - low.length * 6.2, 'right', colours.text),
  ];
}
