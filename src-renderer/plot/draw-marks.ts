import type { ChartColours } from './chart-colours.ts';
import { drawPoints } from './draw-points.ts';
import { type Frame, pointAt } from './frame.ts';
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
