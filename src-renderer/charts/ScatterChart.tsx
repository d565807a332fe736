import { type RefObject, useMemo, useRef } from 'react';
import { axisRoom } from '../plot/axis-room.ts';
import { useChartColours } from '../plot/chart-colours.ts';
import { drawPoints } from '../plot/draw-points.ts';
import type { DrawnPicture } from '../plot/export-picture.ts';
import type { Area, Frame, View } from '../plot/frame.ts';
import { PlotSurface } from '../plot/PlotSurface.tsx';
import { axisNames } from '../plot/picture.ts';
import type { Tool } from '../plot/useDrag.ts';
import { type ChartSize, useChartSize, useEchart } from '../plot/useEchart.ts';
import type { NamedArea } from '../plot/useNameUnder.ts';
import { lookOf } from './axis-look.ts';
import { ChartNotice } from './ChartNotice.tsx';
import type { Charted } from './charted.ts';
import { chooseIn } from './choose-in.ts';
import { rampOver } from './coloured-by.ts';
import { drawnName } from './log-axis.ts';
import { pointWords } from './point-words.ts';
import { scatterPicture } from './scatter-picture.ts';
import { useMarks } from './useMarks.ts';
import type { Crowd, ScatterChoice, ScatterData } from './useScatter.ts';

interface Props {
  choice: ScatterChoice;
  data: ScatterData;
  /** Where it was zoomed to; null for what is shown at first. */
  zoomed: View | null;
  tool: Tool;
  charted: Charted;
  drawn: RefObject<DrawnPicture | null>;
  onView: (view: View | null) => void;
}

export function ScatterChart({ choice, data, zoomed, tool, charted, drawn, onView }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const size = useChartSize(host);
  const { slots, front } = data;
  const { crowd, ...looked } = lookAt(data, zoomed);
  const frame = useScatterFrame(size, choice, looked);
  useScatterPicture(host, size, frame, { choice, data, crowd, charted, drawn });
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

/** What is looked at: where somebody zoomed to, else the crowd, else all. */
function lookAt(data: ScatterData, zoomed: View | null) {
  const { slots, crowd } = data;
  if (zoomed || !crowd) return { x: data.x, y: data.y, slots, view: zoomed ?? data.view, crowd: null };
  return { x: crowd.x, y: crowd.y, slots, view: crowd.view, crowd };
}

/** Where the points are; null until there is room for them, and where there are none. */
function useScatterFrame(
  size: ChartSize | null,
  choice: ScatterChoice,
  { x, y, slots, view }: Pick<ScatterData, 'x' | 'y' | 'slots' | 'view'>,
): Frame | null {
  const { font } = useChartColours();
  return useMemo(
    () => (size && view ? { area: areaIn(size, choice, view, font), view, x, y, slots } : null),
    [size, view, x, y, slots, choice, font],
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
  crowd: Crowd | null;
  charted: Charted;
  drawn: RefObject<DrawnPicture | null>;
}

/** The cloud is painted anew when points or axes change; what is chosen is drawn above it. */
function useScatterPicture(
  host: Parameters<typeof useEchart>[0],
  size: ChartSize | null,
  frame: Frame | null,
  { choice, data, crowd, charted, drawn }: Drawn,
): void {
  const colours = useChartColours();
  const { colour, front, slots } = data;
  const { directions, kinds, detail } = charted;
  const dots = size?.dots ?? 1;
  const better = choice.colour && directions.of(choice.colour);
  const by = useMemo(
    () => (colour && choice.colour ? rampOver(choice.colour, colour, better) : kinds && { kinds }),
    [colour, choice.colour, better, kinds],
  );
  const { near, far } = crowd ?? { near: slots, far: none };
  const points = useMemo(
    () => (frame ? drawPoints({ ...frame, slots: near }, dots, by, colours, detail) : []),
    [frame, near, dots, by, colours, detail],
  );
  const marks = useMarks(charted, slots);
  const [x, y] = [directions.of(choice.x), directions.of(choice.y)];
  const picture = useMemo(() => {
    const ends = x && y ? { x, y } : null;
    return frame && scatterPicture({ choice, frame, points, far, front, ends, by, marks, dots, colours });
  }, [choice, frame, points, far, front, x, y, by, marks, dots, colours]);
  useEchart(host, size, picture, colours, drawn, colour ? null : kinds);
}

const none = new Uint32Array();

/** Room for the words beside the axes, and above for a legend. In pixels. */
function areaIn(size: ChartSize, { y, colour }: ScatterChoice, view: View, font: string): Area {
  const [top, right, bottom] = [colour ? 30 : 12, 18, 46];
  const height = Math.max(40, size.height - top - bottom);
  const left = axisRoom(lookOf(y), view.y, height, font);
  return { left, top, width: Math.max(40, size.width - left - right), height };
}

function NothingDrawn({ choice: { x, y }, isFiltered }: { choice: ScatterChoice; isFiltered: boolean }) {
  return (
    <ChartNotice>
      {isFiltered ? `No version has both ${drawnName(y)} and ${drawnName(x)}.` : 'No version is shown.'}
    </ChartNotice>
  );
}
