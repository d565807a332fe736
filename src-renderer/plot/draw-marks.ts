import type { ChartColours } from './chart-colours.ts';
import { drawPoints } from './draw-points.ts';
import type { Corner } from './find-points.ts';
import { type Area, type Frame, isInside, pointAt } from './frame.ts';
import type { Shape } from './picture.ts';

/** Versions that stand out: those that are chosen, and those with a name for it. */
export interface Marks {
  chosen: Uint32Array;
  named: readonly { slot: number; label: string }[];
}

/** So many chosen ones get a ring each; more are coloured. */
const mostRings = 300;

/** A ring around each version with a name, and around each that is chosen. */
export function drawMarks(
  frame: Frame,
  { chosen, named }: Marks,
  dots: number,
  colours: ChartColours,
): Shape[] {
  const rings = named.map(({ slot }) => ringAt(frame, slot, 5.5, colours.text));
  return [...rings, ...drawChosen(frame, chosen, dots, colours)];
}

function drawChosen(frame: Frame, chosen: Uint32Array, dots: number, colours: ChartColours): Shape[] {
  if (chosen.length > mostRings) {
    const alike = { ...colours, point: colours.chosen, pointBytes: colours.chosenBytes };
    return drawPoints({ ...frame, slots: chosen }, dots, null, alike);
  }
  return Array.from(chosen, (slot) => ringAt(frame, slot, 7, colours.chosen));
}

function ringAt(frame: Frame, slot: number, r: number, stroke: string): Shape {
  const [cx, cy] = pointAt(frame, slot);
  return { type: 'circle', shape: { cx, cy, r }, style: { fill: 'none', stroke, lineWidth: 1.75 } };
}

/** A word beside each named version that is in sight, where it covers no other; two of one version share a line. */
export function drawNames(frame: Frame, { named }: Marks, colours: ChartColours): Shape[] {
  const groups = new Map<number, string[]>();
  for (const { slot, label } of named) groups.set(slot, [...(groups.get(slot) ?? []), label]);
  const taken: Label[] = [];
  for (const [slot, labels] of groups) {
    const at = pointAt(frame, slot);
    if (isInside(frame.area, ...at)) taken.push(placeLabel(at, labels.join(', '), frame.area, taken));
  }
  return taken.map((label) => nameShape(label, colours));
}

/** A word and the room it takes. */
interface Label extends Area {
  text: string;
}

const [lineHeight, gap] = [15, 8];

/** To the right or the left of a point, above or below it: the first that lies in the frame and on no other. */
function placeLabel([x, y]: Corner, text: string, area: Area, taken: readonly Label[]): Label {
  const width = text.length * 6.6;
  const places = [0, 1, 2].flatMap((line) =>
    [y - lineHeight * (line + 1), y + lineHeight * line].flatMap((top) =>
      [x + gap, x - gap - width].map((left) => ({ text, left, top, width, height: lineHeight })),
    ),
  );
  const isFree = (label: Label) =>
    isInside(area, label.left, label.top) &&
    isInside(area, label.left + width, label.top + lineHeight) &&
    !taken.some((other) => overlap(label, other));
  return places.find(isFree) ?? (places[0] as Label);
}

function overlap(a: Area, b: Area): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

function nameShape({ text, left, top, width }: Label, colours: ChartColours): Shape {
  return {
    type: 'text',
    style: {
      text,
      x: left + width / 2,
      y: top + lineHeight / 2,
      fill: colours.text,
      font: `600 11px ${colours.font}`,
      align: 'center',
      verticalAlign: 'middle',
      stroke: colours.surface,
      lineWidth: 3,
    },
  };
}
