import type { ChartColours } from './chart-colours.ts';
import type { Kinds } from './kinds.ts';
import type { Shape } from './picture.ts';

/** In pixels. */
const [itemWidth, lineHeight, edge] = [180, 20, 12];

function columnsIn(width: number): number {
  return Math.max(1, Math.floor((width - 2 * edge) / itemWidth));
}

/** How high the names of kinds are below a picture of that width, in pixels. */
export function kindsHeight({ names }: Kinds, width: number): number {
  return Math.ceil(names.length / columnsIn(width)) * lineHeight + edge;
}

/** What the colours of a picture mean, below it: whoever sees it exported has nothing else to tell them by. */
export function drawKinds(
  { names, colours }: Kinds,
  { width, height }: { width: number; height: number },
  { text, font }: ChartColours,
): Shape[] {
  const columns = columnsIn(width);
  return names.flatMap((name, index): Shape[] => {
    const x = edge + (index % columns) * itemWidth;
    const y = height + (Math.floor(index / columns) + 0.5) * lineHeight;
    return [
      { type: 'circle', shape: { cx: x + 5, cy: y, r: 5 }, style: { fill: colours[index]?.css ?? text } },
      {
        type: 'text',
        style: {
          text: name,
          x: x + 16,
          y,
          fill: text,
          font: `12px ${font}`,
          verticalAlign: 'middle',
          width: itemWidth - 24,
          overflow: 'truncate',
          ellipsis: '…',
        },
      },
    ];
  });
}
