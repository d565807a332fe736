import { type RefObject, useMemo, useRef } from 'react';
import { useChartColours } from '../plot/chart-colours.ts';
import { type ColouredBy, drawPoints } from '../plot/draw-points.ts';
import type { DrawnPicture } from '../plot/export-picture.ts';
import { extentOf } from '../plot/extent.ts';
import type { Area, Frame, View } from '../plot/frame.ts';
import type { Kinds } from '../plot/kinds.ts';
import { PlotSurface } from '../plot/PlotSurface.tsx';
import { axisNames } from '../plot/picture.ts';
import type { Tool } from '../plot/useDrag.ts';
import { type ChartSize, useChartSize, useEchart } from '../plot/useEchart.ts';
import type { NamedArea } from '../plot/useNameUnder.ts';
import { lookOf } from './axis-look.ts';
import { ChartNotice } from './ChartNotice.tsx';
import type { Charted } from './charted.ts';
import { chooseIn } from './choose-in.ts';
import { drawnName } from './log-axis.ts';
import { pointWords } from './point-words.ts';
import { scatterPicture } from './scatter-picture.ts';
import { useMarks } from './useMarks.ts';
import type { ScatterChoice, ScatterData } from './useScatter.ts';

interface Props {
  choice: ScatterChoice;
  data: ScatterData;
  view: View | null;
  tool: Tool;
  charted: Charted;
  drawn: RefObject<DrawnPicture | null>;
  onView: (view: View | null) => void;
}

export function ScatterChart({ choice, data, view, tool, charted, drawn, onView }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const size = useChartSize(host);
  const { x, y, slots, front } = data;
  const frame = useMemo(
    () => (size && view ? { area: areaIn(size, choice.colour !== null), view, x, y, slots } : null),
    [size, view, x, y, slots, choice.colour],
  );
  useScatterPicture(host, size, frame, { choice, data, charted, drawn });
  const { list, selected } = charted.snapshot;
  const measures = choice.colour ? [choice.y, choice.x, choice.colour] : [choice.y, choice.x];
  const ends = front ? `, ${front.length} on the Pareto front` : '';
  return (
    <>
      <PlotSurface
        host={host}
        label={`${choice.y.label} against ${choice.x.label}: ${slots.length} points${ends}`}
        frames={frame ? [frame] : []}
        names={frame ? namesOf(choice, frame.area) : []}
        tool={tool}
        focused={selected === null ? null : (list.slotOf(selected) ?? null)}
        wordsOf={(slot) => pointWords(charted, measures, slot)}
        {...chooseIn(charted.store)}
        onView={(_frame, moved) => onView(moved)}
        onReset={() => onView(null)}
      />
      {slots.length === 0 && <NothingDrawn choice={choice} isFiltered={charted.snapshot.shown.length > 0} />}
    </>
  );
}

/** The names of the axes, and above them that of what colours the points. */
function namesOf({ x, y, colour }: ScatterChoice, area: Area): NamedArea[] {
  const { left, top, width } = area;
  const above = colour && { area: { left, top: 0, width, height: top }, name: lookOf(colour).whole };
  return [...axisNames({ area, x: lookOf(x), y: lookOf(y) }), ...(above ? [above] : [])];
}

interface Drawn {
  choice: ScatterChoice;
  data: ScatterData;
  charted: Charted;
  drawn: RefObject<DrawnPicture | null>;
}

/** The cloud is painted anew when points or axes change; what is chosen is drawn above it. */
function useScatterPicture(
  host: Parameters<typeof useEchart>[0],
  size: ChartSize | null,
  frame: Frame | null,
  { choice, data, charted, drawn }: Drawn,
): void {
  const colours = useChartColours();
  const { colour, front, slots } = data;
  const { directions, kinds, detail } = charted;
  const dots = size?.dots ?? 1;
  const by = useMemo(() => colouredBy(colour, kinds), [colour, kinds]);
  const points = useMemo(
    () => (frame ? drawPoints(frame, dots, by, colours, detail) : []),
    [frame, dots, by, colours, detail],
  );
  const marks = useMarks(charted, slots);
  const [x, y] = [directions.of(choice.x), directions.of(choice.y)];
  const picture = useMemo(() => {
    const ends = x && y ? { x, y } : null;
    return frame && scatterPicture({ choice, frame, points, front, ends, by, marks, dots, colours });
  }, [choice, frame, points, front, x, y, by, marks, dots, colours]);
  useEchart(host, size, picture, colours, drawn, colour ? null : kinds);
}

function colouredBy(values: Float64Array | null, kinds: Kinds | null): ColouredBy {
  if (!values) return kinds && { kinds };
  const ends = extentOf(values);
  return ends && { values, ...ends };
}

/** Room for the words beside the axes, and above for a legend. In pixels. */
function areaIn({ width, height }: ChartSize, withLegend: boolean): Area {
  const [left, top, right, bottom] = [66, withLegend ? 30 : 12, 18, 46];
  return {
    left,
    top,
    width: Math.max(40, width - left - right),
    height: Math.max(40, height - top - bottom),
  };
}

function NothingDrawn({ choice: { x, y }, isFiltered }: { choice: ScatterChoice; isFiltered: boolean }) {
  return (
    <ChartNotice>
      {isFiltered ? `No version has both ${drawnName(y)} and ${drawnName(x)}.` : 'No version is shown.'}
    </ChartNotice>
  );
}
