import type { ChartColours } from './chart-colours.ts';
import { rampCss } from './colour-ramp.ts';
import { type Detail, draftDots } from './detail.ts';
import { type Frame, pointAt } from './frame.ts';
import { byKind, type Kinds } from './kinds.ts';
import { type CloudColours, paintCloud, type Ramped, shareOf } from './paint-cloud.ts';
import type { Shape } from './picture.ts';
import { pictureShape } from './pixels.ts';

/** As many are drawn one by one, with an edge that keeps them apart; more are one picture. */
const drawnSingly = 1500;

/** What points are coloured by: a measure, and where its colours begin and end; or what they are of. */
export type ColouredBy = Ramped | { kinds: Kinds } | null;

/** The points of a frame. @param dots of the screen to a CSS pixel */
export function drawPoints(
  frame: Frame,
  dots: number,
  by: ColouredBy,
  colours: ChartColours,
  detail: Detail = 'full',
): Shape[] {
  const grain = grainOf(frame.slots.length, dots, detail);
  const isFew = frame.slots.length <= drawnSingly;
  if (isFew) return drawSingly(frame, grain.radius, colours, fillBy(by, colours));
  if (by === null || 'values' in by) {
    const cloud: CloudColours = { plain: colours.pointBytes, by: by && { ...by, ramp: colours.ramp } };
    return [drawTogether(frame, grain, cloud)];
  }
  const { kinds } = by;
  // The larger first, so that none is hidden by one with more points.
  return byKind(frame.slots, kinds)
    .map((slots, kind) => ({ slots, plain: kinds.colours[kind]?.bytes ?? colours.pointBytes }))
    .filter(({ slots }) => slots.length > 0)
    .toSorted((a, b) => b.slots.length - a.slots.length)
    .map(({ slots, plain }) => drawTogether({ ...frame, slots }, grain, { plain, by: null }));
}

/** The colour of each version, as CSS has it. */
export function fillBy(by: ColouredBy, { point, ramp }: ChartColours): (slot: number) => string {
  if (by === null) return () => point;
  if ('kinds' in by) return (slot) => by.kinds.colours[by.kinds.of[slot] ?? -1]?.css ?? point;
  return rampColours({ ...by, ramp }, point);
}

/** The colour of each by a measure. @param plain of what has no value, or of all where nothing colours them */
export function rampColours(by: CloudColours['by'], plain: string): (slot: number) => string {
  const share = shareOf(by);
  return (slot) => {
    const place = share(slot);
    return by === null || Number.isNaN(place) ? plain : rampCss(by.ramp, place);
  };
}

function grainOf(count: number, dots: number, detail: Detail): Grain {
  const isDraft = detail === 'draft' && count > drawnSingly;
  return isDraft ? { radius: 0, dots: draftDots } : { radius: radiusFor(count), dots };
}

/** The more there are, the smaller. In CSS pixels. */
function radiusFor(count: number): number {
  if (count <= 200) return 4;
  if (count <= drawnSingly) return 3;
  return count <= 20_000 ? 1.6 : 1.1;
}

function drawSingly(
  frame: Frame,
  radius: number,
  { surface }: ChartColours,
  fillOf: (slot: number) => string,
): Shape[] {
  return Array.from(frame.slots, (slot) => {
    const [cx, cy] = pointAt(frame, slot);
    return {
      type: 'circle',
      shape: { cx, cy, r: radius },
      style: { fill: fillOf(slot), stroke: surface, lineWidth: 1 },
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
