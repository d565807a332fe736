import { useMemo } from 'react';
import { sortIndices } from '../../shared/query/sort-indices.ts';
import { bestSoFar } from '../plot/best-so-far.ts';
import { type Extent, extentOf, padded } from '../plot/extent.ts';
import { type Area, drawable, type Frame } from '../plot/frame.ts';
import { byKind } from '../plot/kinds.ts';
import type { ChartSize } from '../plot/useEchart.ts';
import type { VersionList } from '../versions/version-list.ts';
import { type ChartMeasure, firstMeasure } from './chart-measures.ts';
import type { ChartPreferences } from './chart-preferences.ts';
import type { Charted } from './charted.ts';
import { flagsOf } from './flags-of.ts';

/** What a timeline goes over, and what it shows one above the other. */
export interface TimelineChoice {
  over: ChartMeasure;
  strips: readonly ChartMeasure[];
}

/** What a run goes along, the first first. */
export const alongIds = ['step', 'time', 'version', 'episode'];
const stripsAtFirst = 2;

/** What the versions go along, as far as any of them says. */
export function usualAlong(measures: readonly ChartMeasure[], list: VersionList): string | null {
  const along = alongIds.flatMap((id) => measures.find((measure) => measure.id === id) ?? []);
  return (along.find((measure) => list.numbers(measure).some(Number.isFinite)) ?? along[0])?.id ?? null;
}

/** The first two metrics over what the versions go along, until somebody chooses otherwise. */
export function timelineChoice(
  measures: readonly ChartMeasure[],
  { over, strips }: Pick<ChartPreferences, 'over' | 'strips'>,
  usual: string | null,
): TimelineChoice | null {
  const along = measures.filter(({ id }) => alongIds.includes(id));
  const first = firstMeasure(along, [over, usual]);
  const chosen = (strips ?? []).flatMap((id) => measures.find((measure) => measure.id === id) ?? []);
  const shown = chosen.length > 0 ? chosen : measures.slice(0, stripsAtFirst);
  return first && shown.length > 0 ? { over: first, strips: shown } : null;
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
): TimelineData {
  const x = list.numbers(over);
  const columns = strips.map((measure) => list.numbers(measure));
  const ends = strips.map((measure) => directions.of(measure));
  const order = useMemo(() => sortIndices(drawable(list.slots(), x, x), x, 'min'), [list, x]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns and ends are spread, for each is compared by itself
  return useMemo(() => {
    const shownOf = (kinds ? byKind(shown, kinds) : [shown]).map((slots) => flagsOf(slots, x.length));
    const placed = drawable(shown, x, x).length;
    return {
      x,
      placeless: shown.length - placed,
      extent: extentWithRoom(x, 0.02),
      strips: strips.map((measure, index) => {
        const values = columns[index] as Float64Array;
        const slots = drawable(shown, x, values);
        const end = ends[index] ?? null;
        const better = end && shownOf.map((isShown) => bestSoFar(order, isShown, x, values, end));
        const lacking = placed - slots.length;
        return { measure, values, slots, lacking, better, extent: extentWithRoom(values, 0.08) };
      }),
    };
  }, [x, order, shown, kinds, strips, ...columns, ...ends]);
}

/** Columns are never written to: each is gone through once. */
const extents = new WeakMap<Float64Array, Extent | null>();

/** Of all versions, so that a filter moves nothing. */
function extentWithRoom(values: Float64Array, share: number): Extent | null {
  const known = extents.get(values);
  const extent = known === undefined ? extentOf(values) : known;
  extents.set(values, extent);
  return extent && padded(extent, share);
}

const margins = { left: 66, right: 18, top: 8, bottom: 46, between: 14 };
/** What flags above the frames take, and those that are out of sight beside them. */
const flagRoom = { top: 18, right: 18 };

/** The frames of the strips, one above the other; those without a value have none. @param withFlags leaves room for them */
export function timelineFrames(
  { x, extent, strips }: TimelineData,
  view: TimelineView | null,
  size: ChartSize,
  withFlags: boolean,
): (Frame | null)[] {
  const areas = stripAreas(strips.length, size, withFlags ? flagRoom : { top: 0, right: 0 });
  return strips.map(({ values, slots, extent: whole }, index) => {
    const [across, up] = [view?.x ?? extent, view?.y[index] ?? whole];
    const area = areas[index];
    return across && up && area ? { area, view: { x: across, y: up }, x, y: values, slots } : null;
  });
}

function stripAreas(count: number, { width, height }: ChartSize, above: typeof flagRoom): Area[] {
  const from = margins.top + above.top;
  const all = height - from - margins.bottom - margins.between * (count - 1);
  const each = Math.max(24, all / count);
  return Array.from({ length: count }, (_, index) => ({
    left: margins.left,
    top: from + index * (each + margins.between),
    width: Math.max(40, width - margins.left - margins.right - above.right),
    height: each,
  }));
}
