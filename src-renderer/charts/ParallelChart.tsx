import { type RefObject, useMemo, useRef } from 'react';
import { type ChartColours, useChartColours } from '../plot/chart-colours.ts';
import type { DrawnPicture } from '../plot/export-picture.ts';
import { byKind, type Kinds } from '../plot/kinds.ts';
import { laneGap, type Rails, railsIn } from '../plot/lanes.ts';
import type { Ramped } from '../plot/paint-cloud.ts';
import type { Shape } from '../plot/picture.ts';
import { placeOf } from '../plot/useDrag.ts';
import { type ChartSize, useChartSize, useEchart } from '../plot/useEchart.ts';
import { type NamedArea, useNameUnder } from '../plot/useNameUnder.ts';
import type { MeasureRange } from '../versions/measure.ts';
import type { VersionList } from '../versions/version-list.ts';
import { lookOf } from './axis-look.ts';
import type { ChartMeasure } from './chart-measures.ts';
import type { Charted } from './charted.ts';
import { legendOf, rampOver } from './coloured-by.ts';
import { areVeryMany, drawLines, type LineLook, type LineSet, parallelPicture } from './parallel-picture.ts';
import { useBrush } from './useBrush.ts';
import { useLinesInFull } from './useLinesInFull.ts';
import { useMarks } from './useMarks.ts';
import { isFiltered, type MeasuredLane, useLanes } from './useParallel.ts';

interface Props {
  axes: readonly ChartMeasure[];
  charted: Charted;
  drawn: RefObject<DrawnPicture | null>;
  onRange: (range: MeasureRange) => void;
}

export function ParallelChart({ axes, charted, drawn, onRange }: Props) {
  const { snapshot } = charted;
  const host = useRef<HTMLDivElement>(null);
  const size = useChartSize(host);
  const lanes = useLanes(snapshot.list, axes, size);
  const by = useLineColours(charted);
  const rails = useMemo(() => size && railsIn(size, by !== null), [size, by]);
  useParallelPicture(host, size, { lanes, rails, by, charted, drawn });
  const { ranges } = snapshot.filter;
  const brush = useBrush({ lanes, rails, ranges, onRange });
  const names = lanes.map(({ measure }) => measure.label).join(', ');
  const [name, findName] = useNameUnder(
    rails ? lanes.map((lane) => namedLane(lane, laneGap(lanes), rails)) : [],
  );
  return (
    <div
      className="plot"
      data-tool="brush"
      role="img"
      aria-label={`${snapshot.shown.length} versions as lines${by ? ` coloured by ${by.measure.label}` : ''} over ${names}`}
      title={name}
      {...brush}
      onPointerMove={(event) => {
        findName(placeOf(event));
        brush.onPointerMove?.(event);
      }}
    >
      <div ref={host} className="plot-chart" aria-hidden="true" />
    </div>
  );
}

/** Where the name of a lane is written; of one with words these too, for they may be cut off. */
function namedLane({ measure, x }: MeasuredLane, gap: number, { top, bottom }: Rails): NamedArea {
  const height = measure.scale === 'text' ? bottom : top;
  return { area: { left: x - gap / 2, top: 0, width: gap, height }, name: lookOf(measure).whole };
}

/** What lines are coloured by. */
interface LineColours {
  measure: ChartMeasure;
  ramped: Ramped;
}

/** By what ranks the run; where there are several, each line has the colour of its run. */
function useLineColours({ kinds, measures, directions, snapshot }: Charted): LineColours | null {
  const measure = useMemo(
    () => (kinds ? undefined : measures.find(directions.isFixed)),
    [kinds, measures, directions],
  );
  const values = measure && snapshot.list.numbers(measure);
  const better = measure ? directions.of(measure) : null;
  return useMemo(() => {
    if (!measure || !values) return null;
    const ramped = rampOver(measure, values, better);
    return ramped && { measure, ramped };
  }, [measure, values, better]);
}

interface Drawn {
  lanes: readonly MeasuredLane[];
  rails: Rails | null;
  by: LineColours | null;
  charted: Charted;
  drawn: RefObject<DrawnPicture | null>;
}

/** Lines are drawn anew when what is shown changes. */
function useParallelPicture(
  host: RefObject<HTMLDivElement | null>,
  size: ChartSize | null,
  { lanes, rails, by, charted, drawn }: Drawn,
): void {
  const colours = useChartColours();
  const { snapshot, kinds, detail } = charted;
  const { list, shown, filter } = snapshot;
  const behind = useLinesBehind(rails, lanes, list, colours);
  const sets = useMemo(() => lineSets(shown, kinds, by, colours), [shown, kinds, by, colours]);
  const first = useMemo(() => (rails ? drawLines(lanes, rails, sets) : []), [rails, lanes, sets]);
  const full = useLinesInFull(rails, lanes, detail === 'full' && areVeryMany(sets) ? sets : null);
  const lines = full.areCurrent ? full.shapes : first;
  const { chosen } = useMarks(charted, shown);
  const filtered = isFiltered(snapshot);
  const legend = useMemo(() => by && legendOf(by.measure, by.ramped), [by]);
  const picture = useMemo(
    () =>
      rails &&
      parallelPicture({
        lanes,
        rails,
        lines: filtered ? [...behind, ...lines] : lines,
        chosen,
        ranges: filter.ranges,
        legend,
        colours,
      }),
    [rails, lanes, filtered, behind, lines, chosen, filter.ranges, legend, colours],
  );
  useEchart(host, size, picture, colours, drawn, kinds);
}

/** Each by what ranks them, or in the colour of its run. */
function lineSets(
  shown: Uint32Array,
  kinds: Kinds | null,
  by: LineColours | null,
  { accent, accentBytes, ramp }: ChartColours,
): LineSet[] {
  const plain = { css: accent, bytes: accentBytes };
  const look = ({ css, bytes }: typeof plain): LineLook => ({
    colour: css,
    colours: { plain: bytes, by: by && { ...by.ramped, ramp } },
    opacity: 1,
  });
  if (!kinds) return [{ slots: shown, look: look(plain) }];
  return byKind(shown, kinds).map((slots, kind) => ({ slots, look: look(kinds.colours[kind] ?? plain) }));
}

/** All lines, faint, to stand behind those that are left: drawn before they are needed, for that takes a while. */
function useLinesBehind(
  rails: Rails | null,
  lanes: readonly MeasuredLane[],
  list: VersionList,
  { textDim, dimBytes }: ChartColours,
): readonly Shape[] {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is live; lanes are others whenever a version is
  const sets = useMemo(() => {
    const look = { colour: textDim, colours: { plain: dimBytes, by: null }, opacity: 0.22 };
    return [{ slots: list.slots(), look }];
  }, [list, lanes, textDim, dimBytes]);
  return useLinesInFull(rails, lanes, sets).shapes;
}
