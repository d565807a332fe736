import type { ChartColours } from '../plot/chart-colours.ts';
import { drawFar } from '../plot/draw-far.ts';
import { drawFront, type Directions as Ends } from '../plot/draw-front.ts';
import { drawLegend } from '../plot/draw-legend.ts';
import { drawMarks, type Marks } from '../plot/draw-marks.ts';
import { drawNames } from '../plot/draw-names.ts';
import type { ColouredBy } from '../plot/draw-points.ts';
import type { Frame } from '../plot/frame.ts';
import type { Picture, Shape } from '../plot/picture.ts';
import { lookOf } from './axis-look.ts';
import { legendOf } from './coloured-by.ts';
import type { ScatterChoice } from './useScatter.ts';

interface Parts {
  choice: ScatterChoice;
  frame: Frame;
  points: readonly Shape[];
  /** Those that are beyond the axes: they are at the edge of the frame. */
  far: Uint32Array;
  front: Uint32Array | null;
  ends: Ends | null;
  by: ColouredBy;
  marks: Marks;
  dots: number;
  colours: ChartColours;
}

/** Points, then their front, then what is chosen, then arrows to what lies beyond the axes. */
export function scatterPicture({
  choice,
  frame,
  points,
  far,
  front,
  ends,
  by,
  marks,
  dots,
  colours,
}: Parts): Picture {
  const shapes = [
    ...points,
    ...(front && ends ? drawFront(frame, front, ends, colours, by !== null) : []),
    ...drawMarks(frame, marks, dots, colours),
    ...drawFar(frame, far, by, colours),
  ];
  const legend =
    choice.colour && by && 'values' in by && drawLegend(legendOf(choice.colour, by), frame.area, colours);
  return {
    frames: [{ area: frame.area, view: frame.view, x: lookOf(choice.x), y: lookOf(choice.y), shapes }],
    over: [...drawNames(frame, marks, colours), ...(legend || [])],
  };
}
