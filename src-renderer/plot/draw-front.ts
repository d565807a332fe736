import type { Direction } from '../../shared/model/metric.ts';
import type { ChartColours } from './chart-colours.ts';
import type { Corner } from './find-points.ts';
import { type Area, type Frame, pointAt } from './frame.ts';
import type { Shape } from './picture.ts';

/** The better end of both axes. */
export interface Directions {
  x: Direction;
  y: Direction;
}

/**
 * A Pareto front: its points, and the edge of what they beat.
 * @param front slots, the best by the horizontal axis first
 * @param areColoured whether colours of points say something: a ring leaves them to be seen
 */
export function drawFront(
  frame: Frame,
  front: Uint32Array,
  directions: Directions,
  colours: ChartColours,
  areColoured: boolean,
): Shape[] {
  const points = Array.from(front, (slot) => pointAt(frame, slot));
  const edge: Shape = {
    type: 'polyline',
    shape: { points: frontEdge(points, directions, frame.area) },
    style: { stroke: colours.accent, lineWidth: 1.5, fill: 'none' },
  };
  const dots = points.slice(0, mostDots).map(
    ([cx, cy]): Shape => ({
      type: 'circle',
      ...(areColoured
        ? { shape: { cx, cy, r: 5.5 }, style: { fill: 'none', stroke: colours.accent, lineWidth: 2 } }
        : {
            shape: { cx, cy, r: 4 },
            style: { fill: colours.accent, stroke: colours.surface, lineWidth: 1.25 },
          }),
    }),
  );
  return [edge, ...dots];
}

/** A front of more is a line by itself. */
const mostDots = 400;

/**
 * The corners of the edge, on the screen: from one point to the next by the place that is as bad as the worse of both in
 * each axis, so that all on the worse side of it is beaten; at its ends on to the worse ends of the axes.
 */
export function frontEdge(points: readonly Corner[], { x, y }: Directions, area: Area): number[][] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const worstX = x === 'max' ? area.left : area.left + area.width;
  const worstY = y === 'max' ? area.top + area.height : area.top;
  const corners = points.flatMap(([px, py], index) => {
    const before = points[index - 1];
    return before
      ? [
          [px, before[1]],
          [px, py],
        ]
      : [[px, py]];
  });
  return [[first[0], worstY], ...corners, [worstX, last[1]]];
}
