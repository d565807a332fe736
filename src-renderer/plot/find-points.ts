import { type Area, type Frame, isInside, scaleX, scaleY } from './frame.ts';

export type Corner = readonly [x: number, y: number];

/** The version nearest to a place on the screen, no farther than so many pixels; null when there is none. */
export function nearestPoint(frame: Frame, [px, py]: Corner, reach: number): number | null {
  const [across, up] = [scaleX(frame), scaleY(frame)];
  let nearest: number | null = null;
  let least = reach * reach;
  for (let at = 0; at < frame.slots.length; at += 1) {
    const slot = frame.slots[at] ?? 0;
    const dx = (frame.x[slot] ?? 0) * across.factor + across.offset - px;
    const dy = (frame.y[slot] ?? 0) * up.factor + up.offset - py;
    const distance = dx * dx + dy * dy;
    if (distance > least) continue;
    least = distance;
    nearest = slot;
  }
  return nearest;
}

/** The versions within an outline on the screen, and within the frame. */
export function pointsWithin(frame: Frame, outline: readonly Corner[]): number[] {
  const [across, up] = [scaleX(frame), scaleY(frame)];
  const corners = Float64Array.from(outline.flat());
  const box = boundsOf(outline);
  const found: number[] = [];
  for (const slot of frame.slots) {
    const px = (frame.x[slot] ?? 0) * across.factor + across.offset;
    const py = (frame.y[slot] ?? 0) * up.factor + up.offset;
    if (isInside(box, px, py) && isInside(frame.area, px, py) && isWithin(corners, px, py)) found.push(slot);
  }
  return found;
}

/** The smallest rectangle round an outline: most points are outside even that. */
function boundsOf(outline: readonly Corner[]): Area {
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** Whether a ray to the right crosses the outline an odd number of times. @param corners x and y of each */
function isWithin(corners: Float64Array, px: number, py: number): boolean {
  let within = false;
  let [fromX, fromY] = [corners.at(-2) ?? 0, corners.at(-1) ?? 0];
  for (let at = 0; at < corners.length; at += 2) {
    const toX = corners[at] ?? 0;
    const toY = corners[at + 1] ?? 0;
    const crosses = fromY > py !== toY > py && px < fromX + ((py - fromY) / (toY - fromY)) * (toX - fromX);
    if (crosses) within = !within;
    fromX = toX;
    fromY = toY;
  }
  return within;
}

/** The corners of the rectangle between two places. */
export function boxBetween([x, y]: Corner, [toX, toY]: Corner): Corner[] {
  return [
    [x, y],
    [toX, y],
    [toX, toY],
    [x, toY],
  ];
}

/** The next version by the horizontal axis, going right (`1`) or left (`-1`); the first that way where none has the focus. */
export function neighbour({ slots, x, y }: Frame, from: number | null, way: 1 | -1): number | null {
  const place = (slot: number) => [way * (x[slot] ?? 0), way * (y[slot] ?? 0), way * slot] as const;
  const start = from === null ? null : place(from);
  let best: number | null = null;
  for (const slot of slots) {
    const here = place(slot);
    if (start && comparePlaces(here, start) <= 0) continue;
    if (best === null || comparePlaces(here, place(best)) < 0) best = slot;
  }
  return best;
}

type Place = readonly [number, number, number];

function comparePlaces(a: Place, b: Place): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
