import type { ChartColours } from './chart-colours.ts';
import type { Flag, FlagGroup } from './flags.ts';
import type { Area } from './frame.ts';
import type { Shape } from './picture.ts';

/** Half of what a sign takes, in pixels. */
const half = 4;

/** A sign above the frames for each group, and a line down through them where it is in sight. @param areas of the frames, the upper first */
export function drawFlags(
  groups: readonly FlagGroup[],
  areas: readonly Area[],
  colours: ChartColours,
): Shape[] {
  return groups.flatMap((group) => [
    ...(group.beyond === null ? areas.map((area) => lineDown(group.x, area, colours)) : []),
    ...drawHead(group, colours),
  ]);
}

function lineDown(x: number, { top, height }: Area, colours: ChartColours): Shape {
  const points = [
    [x, top],
    [x, top + height],
  ];
  return {
    type: 'polyline',
    shape: { points },
    style: { stroke: colours.textDim, lineWidth: 1, opacity: 0.7, lineDash: [2, 3], fill: 'none' },
  };
}

/** The signs of a group side by side, then how many there are, or which way they are. */
function drawHead({ x, y, beyond, flags }: FlagGroup, colours: ChartColours): Shape[] {
  const signs = [...new Set(flags.map(({ sign }) => sign))].sort();
  const from = x - (signs.length - 1) * (half + 1);
  const heads = signs.map((sign, index) => drawSign(sign, from + index * 2 * (half + 1), y, colours));
  const end = x + signs.length * (half + 1) + 1;
  if (beyond !== null) return [...heads, chevron(beyond, x, y, signs.length * (half + 1), colours)];
  if (flags.length === 1) return heads;
  const count: Shape = {
    type: 'text',
    style: {
      text: String(flags.length),
      x: end,
      y,
      fill: colours.textDim,
      font: `10px ${colours.font}`,
      align: 'left',
      verticalAlign: 'middle',
    },
  };
  return [...heads, count];
}

function drawSign(sign: Flag['sign'], x: number, y: number, colours: ChartColours): Shape {
  if (sign === 'square')
    return {
      type: 'rect',
      shape: { x: x - half, y: y - half, width: 2 * half, height: 2 * half, r: 1 },
      style: { fill: colours.text },
    };
  const points = [
    [x - half, y - half + 1],
    [x + half, y - half + 1],
    [x, y + half],
  ];
  return {
    type: 'polygon',
    shape: { points },
    style: { fill: colours.surface, stroke: colours.text, lineWidth: 1.5 },
  };
}

function chevron(beyond: 'left' | 'right', x: number, y: number, room: number, colours: ChartColours): Shape {
  const way = beyond === 'left' ? -1 : 1;
  const tip = x + way * (room + 7);
  const points = [
    [tip - way * 4, y - 4],
    [tip, y],
    [tip - way * 4, y + 4],
  ];
  return {
    type: 'polyline',
    shape: { points },
    style: { stroke: colours.text, lineWidth: 1.5, fill: 'none' },
  };
}
