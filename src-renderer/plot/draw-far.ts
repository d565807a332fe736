import type { ChartColours } from './chart-colours.ts';
import { type ColouredBy, fillBy } from './draw-points.ts';
import { type Area, type Frame, pointAt } from './frame.ts';
import type { Shape } from './picture.ts';

/** In pixels: how long an arrow is, and half of how wide. */
const [long, half] = [11, 6];
/** Arrows nearer to each other along an edge are one. */
const apart = 6;

/** Arrows at the edge of a frame, pointing at versions that lie beyond it. */
export function drawFar(frame: Frame, far: Uint32Array, by: ColouredBy, colours: ChartColours): Shape[] {
  const fillOf = fillBy(by, colours);
  const arrows = new Map<string, Shape>();
  for (const slot of far) {
    const [x, y] = pointAt(frame, slot);
    const way = wayOut(frame.area, x, y);
    const place = `${way} ${Math.round(x / apart)} ${Math.round(y / apart)}`;
    if (arrows.has(place)) continue;
    const style = { fill: fillOf(slot), stroke: colours.surface, lineWidth: 1 };
    arrows.set(place, { type: 'polygon', shape: { points: arrowAt(x, y, way) }, style });
  }
  return [...arrows.values()];
}

type Way = readonly [across: -1 | 0 | 1, down: -1 | 0 | 1];

function wayOut({ left, top, width, height }: Area, x: number, y: number): Way {
  const side = (place: number, from: number, to: number) => {
    if (place < from + 1) return -1;
    return place > to - 1 ? 1 : 0;
  };
  return [side(x, left, left + width), side(y, top, top + height)];
}

/** Its tip is at the edge, and at the corner where it lies beyond two. */
function arrowAt(x: number, y: number, [across, down]: Way): number[][] {
  const size = Math.hypot(across, down) || 1;
  const [dx, dy] = [across / size, down / size];
  const [baseX, baseY] = [x - dx * long, y - dy * long];
  return [
    [x, y],
    [baseX - dy * half, baseY + dx * half],
    [baseX + dy * half, baseY - dx * half],
  ];
}
