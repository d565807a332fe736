import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { type ChartColours, useChartColours } from '../plot/chart-colours.ts';
import type { DrawnPicture } from '../plot/export-picture.ts';
import { byKind, type Kinds } from '../plot/kinds.ts';
import { laneGap, railsIn } from '../plot/lanes.ts';
import type { Shape } from '../plot/picture.ts';
import { placeOf } from '../plot/useDrag.ts';
import { type ChartSize, useChartSize, useEchart } from '../plot/useEchart.ts';
import { type NamedArea, useNameUnder } from '../plot/useNameUnder.ts';
import type { MeasureRange } from '../versions/measure.ts';
import type { VersionList } from '../versions/version-list.ts';
import { lookOf } from './axis-look.ts';
import type { ChartMeasure } from './chart-measures.ts';
import type { Charted } from './charted.ts';
import { drawLines, type LineSet, parallelPicture } from './parallel-picture.ts';
import { useBrush } from './useBrush.ts';
import { settling } from './useDetail.ts';
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
  useParallelPicture(host, size, lanes, charted, drawn);
  const { ranges } = snapshot.filter;
  const brush = useBrush({ lanes, rails: size && railsIn(size), ranges, onRange });
  const names = lanes.map(({ measure }) => measure.label).join(', ');
  const [name, findName] = useNameUnder(
    size ? lanes.map((lane) => namedLane(lane, laneGap(lanes), size)) : [],
  );
  return (
    <div
      className="plot"
      data-tool="brush"
      role="img"
      aria-label={`${snapshot.shown.length} versions as lines over ${names}`}
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
function namedLane({ measure, x }: MeasuredLane, gap: number, size: ChartSize): NamedArea {
  const { top, bottom } = railsIn(size);
  const height = measure.scale === 'text' ? bottom : top;
  return { area: { left: x - gap / 2, top: 0, width: gap, height }, name: lookOf(measure).whole };
}

/** Lines are drawn anew when what is shown changes. */
function useParallelPicture(
  host: RefObject<HTMLDivElement | null>,
  size: ChartSize | null,
  lanes: readonly MeasuredLane[],
  charted: Charted,
  drawn: RefObject<DrawnPicture | null>,
): void {
  const colours = useChartColours();
  const { snapshot, kinds, detail } = charted;
  const { list, shown, filter } = snapshot;
  const behind = useLinesBehind(size, lanes, list, colours);
  const lines = useMemo(() => {
    if (!size) return [];
    return drawLines(lanes, railsIn(size), lineSets(shown, kinds, colours), detail);
  }, [size, lanes, shown, kinds, detail, colours]);
  const { chosen } = useMarks(charted, shown);
  const filtered = isFiltered(snapshot);
  const picture = useMemo(
    () =>
      size &&
      parallelPicture({
        lanes,
        rails: railsIn(size),
        lines: filtered ? [...behind, ...lines] : lines,
        chosen,
        ranges: filter.ranges,
        colours,
      }),
    [size, lanes, filtered, behind, lines, chosen, filter.ranges, colours],
  );
  useEchart(host, size, picture, colours, drawn, kinds);
}

/** All alike, or each in the colour of its run. */
function lineSets(shown: Uint32Array, kinds: Kinds | null, { accent, accentBytes }: ChartColours): LineSet[] {
  if (!kinds) return [{ slots: shown, look: { colour: accent, bytes: accentBytes, opacity: 1 } }];
  return byKind(shown, kinds).map((slots, kind) => {
    const { css, bytes } = kinds.colours[kind] ?? { css: accent, bytes: accentBytes };
    return { slots, look: { colour: css, bytes, opacity: 1 } };
  });
}

/** All lines, faint, to stand behind those that are left: drawn before they are needed, for that takes a while. */
function useLinesBehind(
  size: ChartSize | null,
  lanes: readonly MeasuredLane[],
  list: VersionList,
  colours: ChartColours,
): Shape[] {
  const [behind, setBehind] = useState<Shape[]>([]);
  useEffect(() => {
    if (!size) return;
    const look = { colour: colours.textDim, bytes: colours.dimBytes, opacity: 0.22 };
    const draw = () => setBehind(drawLines(lanes, railsIn(size), [{ slots: list.slots(), look }], 'full'));
    const timer = setTimeout(draw, settling);
    return () => clearTimeout(timer);
  }, [size, lanes, list, colours]);
  return behind;
}
