import { useMemo } from 'react';
import { sortIndices } from '../../shared/query/sort-indices.ts';
import { axisRoom } from '../plot/axis-room.ts';
import { bestSoFar } from '../plot/best-so-far.ts';
import { type Extent, extentOf, padded } from '../plot/extent.ts';
import { drawable, type Frame } from '../plot/frame.ts';
import { byKind } from '../plot/kinds.ts';
import type { ChartSize } from '../plot/useEchart.ts';
import { wholeOf } from './axis-extent.ts';
import { lookOf } from './axis-look.ts';
import { type ChartMeasure, firstMeasure, measuresOf } from './chart-measures.ts';
import type { ChartPreferences } from './chart-preferences.ts';
import type { Charted } from './charted.ts';
import { flagsOf } from './flags-of.ts';
import { drawnNumbers, onItsAxis } from './log-axis.ts';
import { alongIds, type Usual } from './usual-measures.ts';

/** What a timeline goes over, and what it shows one above the other. */
export interface TimelineChoice {
  over: ChartMeasure;
  strips: readonly ChartMeasure[];
}

/** What is usual over what the versions go along, until somebody chooses otherwise. */
export function timelineChoice(
  measures: readonly ChartMeasure[],
  chosen: Pick<ChartPreferences, 'over' | 'strips' | 'logarithmic'>,
  usual: Pick<Usual, 'along' | 'strips'>,
): TimelineChoice | null {
  const along = measures.filter(({ id }) => alongIds.includes(id));
  const over = firstMeasure(along, [chosen.over, usual.along]);
  const ofRun = measuresOf(measures, chosen.strips ?? []);
  const shown = [ofRun, measuresOf(measures, usual.strips), measures.slice(0, 1)].find(
    ({ length }) => length > 0,
  );
  return over && shown ? { over, strips: shown.map((strip) => onItsAxis(strip, chosen)) } : null;
}

/** What of a timeline is looked at: one part of the axis along, and one of each strip. */
export interface TimelineView {
  x: Extent;
  y: readonly (Extent | null)[];
}

/** A strip of a timeline. */
export interface Strip {
  measure: ChartMeasure;
  values: Float64Array;
  slots: Uint32Array;
  /** How many versions that are shown have a place along the axis, and no value here. */
  lacking: number;
  /** The versions that were better than all before, of each run by itself; null while it is not known which end is better. */
  better: readonly Uint32Array[] | null;
  extent: Extent | null;
}

export interface TimelineData {
  x: Float64Array;
  /** How many versions that are shown have no place along the axis. */
  placeless: number;
  extent: Extent | null;
  strips: readonly Strip[];
}

export function useTimeline(
  { snapshot: { list, shown }, directions, kinds }: Pick<Charted, 'snapshot' | 'directions' | 'kinds'>,
  { over, strips }: TimelineChoice,
  fit: boolean,
): TimelineData {
  const x = list.numbers(over);
  const columns = strips.map((measure) => drawnNumbers(list, measure));
  const ends = strips.map((measure) => directions.of(measure));
  const among = fit && shown.length > 0 ? shown : list.slots();
  const along = useMemo(() => wholeOf(over, x, among), [over, x, among]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns are spread, for each is compared by itself
  const extents = useMemo(
    () => columns.map((values) => extentAlong(among, x, values)),
    [among, x, strips, ...columns],
  );
  const order = useMemo(() => sortIndices(drawable(list.slots(), x, x), x, 'min'), [list, x]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns and ends are spread, for each is compared by itself
  return useMemo(() => {
    const shownOf = (kinds ? byKind(shown, kinds) : [shown]).map((slots) => flagsOf(slots, x.length));
    const placed = drawable(shown, x, x).length;
    return {
      x,
      placeless: shown.length - placed,
      extent: along,
      strips: strips.map((measure, index) => {
        const values = columns[index] as Float64Array;
        const slots = drawable(shown, x, values);
        const end = ends[index] ?? null;
        const better = end && shownOf.map((isShown) => bestSoFar(order, isShown, x, values, end));
        const lacking = placed - slots.length;
        return { measure, values, slots, lacking, better, extent: extents[index] ?? null };
      }),
    };
  }, [x, along, extents, order, shown, kinds, strips, ...columns, ...ends]);
}

/** A strip has little room: in shares of what is between the ends. */
const roomUp = 0.08;

/** The extent of what has a place along the axis. @param among all versions, so that a filter moves nothing, or those that are shown */
function extentAlong(among: Uint32Array, x: Float64Array, values: Float64Array): Extent | null {
  const extent = extentOf(values, drawable(among, x, values));
  return extent && padded(extent, roomUp);
}

const margins = { right: 26, top: 8, bottom: 46, between: 14 };
/** What flags above the frames take, and those that are out of sight beside them. */
const flagRoom = { top: 18, right: 18 };

/** The frames of the strips, one above the other; those without a value have none. @param withFlags leaves room for them */
export function timelineFrames(
  { x, extent, strips }: TimelineData,
  view: TimelineView | null,
  size: ChartSize,
  { withFlags, font }: { withFlags: boolean; font: string },
): (Frame | null)[] {
  const above = withFlags ? flagRoom : { top: 0, right: 0 };
  const height = stripHeight(strips.length, size, above);
  const views = strips.map(({ extent: whole }, index) => {
    const [across, up] = [view?.x ?? extent, view?.y[index] ?? whole];
    return across && up ? { x: across, y: up } : null;
  });
  const left = Math.max(
    ...strips.flatMap(({ measure }, index) => {
      const up = views[index]?.y;
      return up ? axisRoom(lookOf(measure), up, height, font) : [];
    }),
    0,
  );
  return strips.map(({ values, slots }, index) => {
    const [shown, top] = [views[index], margins.top + above.top + index * (height + margins.between)];
    const width = Math.max(40, size.width - left - margins.right - above.right);
    return shown ? { area: { left, top, width, height }, view: shown, x, y: values, slots } : null;
  });
}

function stripHeight(count: number, { height }: ChartSize, above: typeof flagRoom): number {
  const all = height - margins.top - above.top - margins.bottom - margins.between * (count - 1);
  return Math.max(24, all / count);
}
