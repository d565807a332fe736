import type { ChartColours } from './chart-colours.ts';
import { rampCss } from './colour-ramp.ts';
import { type Detail, draftDots } from './detail.ts';
import { type Frame, pointAt } from './frame.ts';
import { type CloudColours, paintCloud, shareOf } from './paint-cloud.ts';
import type { Shape } from './picture.ts';
import { pictureShape } from './pixels.ts';

/** As many are drawn one by one, with an edge that keeps them apart; more are one picture. */
const drawnSingly = 1500;

/** What points are coloured by, and where its colours begin and end. */
export type ColouredBy = { values: Float64Array; low: number; high: number } | null;

/** The points of a frame. @param dots of the screen to a CSS pixel */
export function drawPoints(
  frame: Frame,
  dots: number,
  by: ColouredBy,
  colours: ChartColours,
  detail: Detail = 'full',
): Shape[] {
  const cloud: CloudColours = { plain: colours.pointBytes, by: by && { ...by, ramp: colours.ramp } };
  const radius = radiusFor(frame.slots.length);
  return frame.slots.length <= drawnSingly
    ? drawSingly(frame, radius, cloud, colours)
    : [drawTogether(frame, detail === 'draft' ? { radius: 0, dots: draftDots } : { radius, dots }, cloud)];
}

/** The more there are, the smaller. In CSS pixels. */
function radiusFor(count: number): number {
  if (count <= 200) return 4;
  if (count <= drawnSingly) return 3;
  return count <= 20_000 ? 1.6 : 1.1;
}

function drawSingly(frame: Frame, radius: number, { by }: CloudColours, colours: ChartColours): Shape[] {
  const share = shareOf(by);
  return Array.from(frame.slots, (slot) => {
    const [cx, cy] = pointAt(frame, slot);
    const place = share(slot);
    const fill = by === null || Number.isNaN(place) ? colours.point : rampCss(by.ramp, place);
    return {
      type: 'circle',
      shape: { cx, cy, r: radius },
      style: { fill, stroke: colours.surface, lineWidth: 1 },
    };
  });
}

interface Grain {
  radius: number;
  dots: number;
}

function drawTogether(frame: Frame, { radius, dots }: Grain, cloud: CloudColours): Shape {
  const { left: x, top: y, width, height } = frame.area;
  return pictureShape(paintCloud(frame, radius, dots, cloud), { x, y, width, height });
}
