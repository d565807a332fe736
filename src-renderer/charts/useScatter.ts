import { useMemo } from 'react';
import type { Direction } from '../../shared/model/metric.ts';
import { type Objective, paretoFront, sortForFronts } from '../../shared/query/pareto-front.ts';
import { type AtEdge, atEdge, byView } from '../plot/at-edge.ts';
import { drawable, type View } from '../plot/frame.ts';
import type { VersionList } from '../versions/version-list.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { crowdOn, wholeOf } from './axis-extent.ts';
import { type ChartMeasure, firstMeasure } from './chart-measures.ts';
import type { ChartPreferences } from './chart-preferences.ts';
import { flagsOf } from './flags-of.ts';
import { drawnNumbers, onItsAxis } from './log-axis.ts';
import type { Directions } from './useDirections.ts';
import type { Usual } from './usual-measures.ts';

/** What is set against what, and by which measure it is coloured. */
export interface ScatterChoice {
  x: ChartMeasure;
  y: ChartMeasure;
  colour: ChartMeasure | null;
}

/** What is usual, until somebody chooses others; null where a run has nothing to choose from. */
export function scatterChoice(
  measures: readonly ChartMeasure[],
  chosen: ChartPreferences,
  { scatter }: Pick<Usual, 'scatter'>,
): ScatterChoice | null {
  const ids = [...scatter, ...measures.map(({ id }) => id)];
  const y = firstMeasure(measures, [chosen.up, ...ids]);
  const x = firstMeasure(measures, [chosen.across, ...ids.filter((id) => id !== y?.id)]);
  const drawn = (measure: ChartMeasure) => onItsAxis(measure, chosen);
  return x && y ? { x: drawn(x), y: drawn(y), colour: firstMeasure(measures, [chosen.colour]) } : null;
}

/** The points of a scatter, their front, and all that can be seen of them. */
export interface ScatterData {
  x: Float64Array;
  y: Float64Array;
  colour: Float64Array | null;
  /** The versions that are shown and have both. */
  slots: Uint32Array;
  /** By the horizontal axis, the best first; null while it is not known which ends are better. */
  front: Uint32Array | null;
  /** Of all versions, so that a filter moves nothing, or of those that are shown; null where none has both. */
  view: View | null;
  /** Whether some versions are far from all others. */
  hasFar: boolean;
  /** The same without those; null where nothing is, or where they have room too. */
  crowd: Crowd | null;
}

/** What is looked at while the few that are far from all others have their place at the edge. */
export interface Crowd extends AtEdge {
  /** The versions that are drawn where they are, and those at the edge. */
  near: Uint32Array;
  far: Uint32Array;
}

export function useScatter(
  { list, shown }: VersionsSnapshot,
  choice: ScatterChoice,
  directions: Directions,
  { fit, far }: Pick<ChartPreferences, 'fit' | 'far'>,
): ScatterData {
  const [x, y] = [drawnNumbers(list, choice.x), drawnNumbers(list, choice.y)];
  const colour = choice.colour && list.numbers(choice.colour);
  const slots = useMemo(() => drawable(shown, x, y), [shown, x, y]);
  const [across, up] = [directions.of(choice.x), directions.of(choice.y)];
  const contest = useMemo(() => across && up && contestOf(list, x, y, across, up), [list, x, y, across, up]);
  const front = useMemo(
    () => contest && paretoFront(contest.objectives, contest.sorted, flagsOf(shown, x.length)),
    [contest, shown, x],
  );
  const among = fit && slots.length > 0 ? slots : undefined;
  const view = useMemo(() => viewOf(choice, x, y, among), [choice, x, y, among]);
  const moved = useMemo(() => {
    const inner = view && crowdView(choice, x, y, { across, up }, among);
    return inner && !isSameView(inner, view) ? atEdge(inner, x, y) : null;
  }, [choice, x, y, across, up, among, view]);
  const crowd = useMemo(
    () => (moved && !far ? { ...moved, ...byView(slots, moved.view, x, y) } : null),
    [moved, far, slots, x, y],
  );
  return { x, y, colour, slots, front, view, hasFar: moved !== null, crowd };
}

/** All versions, ready for the front of whichever of them are shown. */
function contestOf(list: VersionList, x: Float64Array, y: Float64Array, across: Direction, up: Direction) {
  const objectives: Objective[] = [
    { values: x, direction: across },
    { values: y, direction: up },
  ];
  return { objectives, sorted: sortForFronts(objectives, list.slots()) };
}

/** @param among the versions that count; all without */
function viewOf(choice: ScatterChoice, x: Float64Array, y: Float64Array, among?: Uint32Array): View | null {
  const [across, up] = [wholeOf(choice.x, x, among), wholeOf(choice.y, y, among)];
  return across && up ? { x: across, y: up } : null;
}

function crowdView(
  choice: ScatterChoice,
  x: Float64Array,
  y: Float64Array,
  better: { across: Direction | null; up: Direction | null },
  among?: Uint32Array,
): View | null {
  const [across, up] = [crowdOn(choice.x, x, better.across, among), crowdOn(choice.y, y, better.up, among)];
  return across && up ? { x: across, y: up } : null;
}

function isSameView(one: View, other: View): boolean {
  return (['x', 'y'] as const).every(
    (axis) => one[axis].low === other[axis].low && one[axis].high === other[axis].high,
  );
}
