import type { ChartColours } from '../plot/chart-colours.ts';
import { drawLegend, type Legend } from '../plot/draw-legend.ts';
import { rampColours } from '../plot/draw-points.ts';
import type { Area } from '../plot/frame.ts';
import { type Lane, laneGap, laneMargin, laneY, type Rails } from '../plot/lanes.ts';
import type { CloudColours } from '../plot/paint-cloud.ts';
import { paintingOfLines, paintLines } from '../plot/paint-lines.ts';
import type { Picture, Shape } from '../plot/picture.ts';
import { type Pixels, pictureShape } from '../plot/pixels.ts';
import { textWidth } from '../plot/text-width.ts';
import { type AxisEnds, endsOnAxis, type MeasureRange } from '../versions/measure.ts';
import { alwaysFull } from './useDetail.ts';
import type { MeasuredLane } from './useParallel.ts';

/** In pixels: of words on an axis, and what the values of the next axis take of their room. */
const [lineHeight, widestWord, besideWords] = [14, 110, 24];
/** As many are lines of their own; more are drawn as density. */
const drawnSingly = 400;

/** Which lines, and how: all in one colour, or each by a measure. */
export interface LineLook {
  colour: string;
  colours: CloudColours;
  opacity: number;
}

/** Lines that look alike. */
export interface LineSet {
  slots: Uint32Array;
  look: LineLook;
}

/** The lines of these versions from lane to lane; very many of them roughly, for {@link drawingInFull} takes a while. */
export function drawLines(lanes: readonly Lane[], rails: Rails, sets: readonly LineSet[]): Shape[] {
  const count = countLines(sets);
  if (count <= drawnSingly) {
    const faint = faintness(count);
    return sets.flatMap((set) => drawSingly(lanes, rails, set, faint));
  }
  const detail = count > alwaysFull ? 'draft' : 'full';
  return sets.flatMap(({ slots, look }) =>
    pictureOf(lanes, rails, look, paintLines(lanes, rails, slots, detail, look.colours)),
  );
}

/** Whether these are first drawn roughly. */
export function areVeryMany(sets: readonly LineSet[]): boolean {
  return countLines(sets) > alwaysFull;
}

function countLines(sets: readonly LineSet[]): number {
  return sets.reduce((sum, { slots }) => sum + slots.length, 0);
}

/** Many lines in full: other work may be done in between. */
export function* drawingInFull(
  lanes: readonly Lane[],
  rails: Rails,
  sets: readonly LineSet[],
): Generator<void, Shape[]> {
  const shapes: Shape[] = [];
  for (const { slots, look } of sets) {
    const pixels = yield* paintingOfLines(lanes, rails, slots, 'full', look.colours);
    shapes.push(...pictureOf(lanes, rails, look, pixels));
  }
  return shapes;
}

function drawSingly(
  lanes: readonly Lane[],
  rails: Rails,
  { slots, look: { colour, colours, opacity } }: LineSet,
  faint: number,
): Shape[] {
  const colourOf = rampColours(colours.by, colour);
  return Array.from(slots).flatMap((slot) =>
    lineOf(lanes, rails, slot).map((points) => lineShape(points, colourOf(slot), 1, opacity * faint)),
  );
}

function pictureOf(
  lanes: readonly Lane[],
  { top: y, bottom }: Rails,
  { opacity }: LineLook,
  pixels: Pixels | null,
): Shape[] {
  const [first, last] = [lanes[0], lanes.at(-1)];
  if (!pixels || !first || !last) return [];
  const place = { x: first.x, y, width: last.x - first.x, height: bottom - y };
  return [pictureShape(pixels, { ...place, opacity })];
}

/** The more lines cross, the fainter each. */
function faintness(count: number): number {
  return Math.max(0.25, Math.min(0.8, 8 / Math.sqrt(count) / 2));
}

/** A version's way through the lanes, in pieces where it has no value. */
function lineOf(lanes: readonly Lane[], rails: Rails, slot: number): number[][][] {
  const pieces: number[][][] = [[]];
  for (const lane of lanes) {
    const value = lane.values[slot] ?? Number.NaN;
    if (Number.isFinite(value)) pieces.at(-1)?.push([lane.x, laneY(lane, rails, value)]);
    else pieces.push([]);
  }
  return pieces.filter((piece) => piece.length > 1);
}

function lineShape(points: number[][], stroke: string, lineWidth: number, opacity: number): Shape {
  return { type: 'polyline', shape: { points }, style: { stroke, lineWidth, opacity, fill: 'none' } };
}

interface Parts {
  lanes: readonly MeasuredLane[];
  rails: Rails;
  lines: readonly Shape[];
  /** The slots of the chosen versions. */
  chosen: Uint32Array;
  ranges: readonly MeasureRange[];
  /** What the colours of the lines mean. */
  legend: Legend | null;
  colours: ChartColours;
}

/** So many chosen ones stand out one by one. */
const mostChosen = 100;

/** Lines, then those of chosen versions, then the axes with what is asked of them. */
export function parallelPicture({ lanes, rails, lines, chosen, ranges, legend, colours }: Parts): Picture {
  const marked = Array.from(chosen.subarray(0, mostChosen), (slot) => lineOf(lanes, rails, slot)).flatMap(
    (pieces) => pieces.map((points) => lineShape(points, colours.chosen, 2, 1)),
  );
  return {
    frames: [],
    over: [
      ...lines,
      ...marked,
      ...(legend ? drawLegend(legend, aboveNames(lanes, rails), colours) : []),
      ...lanes.flatMap((lane, index) =>
        drawLane(lane, rails, ranges, { gap: laneGap(lanes), edge: edgeOf(index, lanes.length) }, colours),
      ),
    ],
  };
}

/** From the first lane to the last, below where a legend is. */
function aboveNames(lanes: readonly Lane[], { top, bottom }: Rails): Area {
  const [first, last] = [lanes[0]?.x ?? 0, lanes.at(-1)?.x ?? 0];
  const left = first - laneMargin;
  return { left, top: top - legendAbove, width: last + laneMargin - nameEdge - left, height: bottom - top };
}

/** From the rails to the lower edge of a legend, in pixels. */
const legendAbove = 32;

function edgeOf(index: number, count: number): NameRoom['edge'] {
  if (count < 2) return null;
  if (index === 0) return 'left';
  return index === count - 1 ? 'right' : null;
}

function drawLane(
  lane: MeasuredLane,
  rails: Rails,
  ranges: readonly MeasureRange[],
  room: NameRoom,
  colours: ChartColours,
): Shape[] {
  const { gap } = room;
  const { measure, extent, x } = lane;
  const range = ranges.find((each) => each.measure.id === measure.id);
  const ends = range && endsOnAxis(range);
  const value = (text: string, y: number): Shape => ({
    type: 'text',
    style: { ...words(text, { x, y, width: gap - 8 }), fill: colours.textDim, font: `11px ${colours.font}` },
  });
  return [
    {
      ...lineShape(
        [
          [x, rails.top],
          [x, rails.bottom],
        ],
        colours.textDim,
        1,
        1,
      ),
    },
    ...(ends ? [rangeShape(lane, rails, ends, colours)] : []),
    nameShape(lane, rails, room, colours),
    ...(measure.scale === 'text'
      ? drawWords(lane, rails, gap, colours)
      : [
          value(measure.format(extent.high), rails.top - 9),
          value(measure.format(extent.low), rails.bottom + 10),
        ]),
  ];
}

/** What there is for the name of a lane. In pixels. */
interface NameRoom {
  /** Between two lanes. */
  gap: number;
  /** From the first lane to the edge before it, and from the last to that behind it; null for lanes between others. */
  edge: 'left' | 'right' | null;
}

/** Above the middle of its lane; what is too wide for that at the edge of the picture begins there, or ends. */
function nameShape({ measure, x }: MeasuredLane, rails: Rails, room: NameRoom, colours: ChartColours): Shape {
  const font = `600 12px ${colours.font}`;
  const y = rails.top - 24;
  const [centred, beside] = [{ x, y, width: room.gap - 8 }, laneMargin - nameEdge];
  const isWide = textWidth(measure.label, font) > 2 * beside;
  const width = beside + room.gap / 2 - 4;
  const atEdge = { left: { x: x - beside, y, width }, right: { x: x + beside, y, width } };
  const style =
    isWide && room.edge
      ? { ...words(measure.label, atEdge[room.edge]), align: room.edge }
      : words(measure.label, centred);
  return { type: 'text', style: { ...style, fill: colours.text, font } };
}

/** Between a name and the edge of the picture, in pixels. */
const nameEdge = 6;

function words(text: string, place: { x: number; y: number; width: number }) {
  const cut = { overflow: 'truncate', ellipsis: '…' } as const;
  return { text, ...place, ...cut, align: 'center', verticalAlign: 'middle' } as const;
}

/** Each word at its place, as far as there is room. */
function drawWords(lane: MeasuredLane, rails: Rails, gap: number, colours: ChartColours): Shape[] {
  const { measure, extent, x } = lane;
  const room = (rails.bottom - rails.top) / Math.max(1, extent.high - extent.low);
  const every = Math.max(1, Math.ceil(lineHeight / room));
  const count = Math.floor((extent.high - extent.low) / every) + 1;
  return Array.from({ length: count }, (_, index): Shape => {
    const place = extent.low + index * every;
    return {
      type: 'text',
      style: {
        text: measure.format(place),
        x: x + 7,
        y: laneY(lane, rails, place),
        fill: colours.text,
        font: `11px ${colours.font}`,
        align: 'left',
        verticalAlign: 'middle',
        stroke: colours.surface,
        lineWidth: 3,
        width: Math.max(20, Math.min(widestWord, gap - besideWords)),
        overflow: 'truncate',
        ellipsis: '…',
      },
    };
  });
}

function rangeShape(lane: MeasuredLane, rails: Rails, { low, high }: AxisEnds, colours: ChartColours): Shape {
  const beside = lane.measure.scale === 'text' ? 0.3 : 0;
  const top = high === null ? rails.top : laneY(lane, rails, Math.min(high + beside, lane.extent.high));
  const bottom = low === null ? rails.bottom : laneY(lane, rails, Math.max(low - beside, lane.extent.low));
  return {
    type: 'rect',
    shape: { x: lane.x - 6, y: top, width: 12, height: Math.max(2, bottom - top), r: 2 },
    style: { fill: `${colours.accent}40`, stroke: colours.accent, lineWidth: 1.5 },
  };
}
