import { type RefObject, useMemo, useRef } from 'react';
import { type ChartColours, useChartColours } from '../plot/chart-colours.ts';
import { drawBestLine } from '../plot/draw-best-line.ts';
import { drawFlags } from '../plot/draw-flags.ts';
import { drawMarks, type Marks } from '../plot/draw-marks.ts';
import { drawNames } from '../plot/draw-names.ts';
import { drawPoints } from '../plot/draw-points.ts';
import type { DrawnPicture } from '../plot/export-picture.ts';
import { type Flag, type FlagGroup, placeFlags } from '../plot/flags.ts';
import type { Frame, View } from '../plot/frame.ts';
import type { Kinds } from '../plot/kinds.ts';
import { PlotSurface } from '../plot/PlotSurface.tsx';
import { axisNames, type Picture, type PictureFrame, type Shape } from '../plot/picture.ts';
import type { Tool } from '../plot/useDrag.ts';
import { type ChartSize, useChartSize, useEchart } from '../plot/useEchart.ts';
import type { NamedArea } from '../plot/useNameUnder.ts';
import { lookOf } from './axis-look.ts';
import { ChartNotice } from './ChartNotice.tsx';
import type { Charted } from './charted.ts';
import { chooseIn } from './choose-in.ts';
import { pointWords } from './point-words.ts';
import { useMarks } from './useMarks.ts';
import {
  type Strip,
  type TimelineChoice,
  type TimelineData,
  type TimelineView,
  timelineFrames,
} from './useTimeline.ts';

interface Props {
  choice: TimelineChoice;
  data: TimelineData;
  view: TimelineView | null;
  tool: Tool;
  charted: Charted;
  /** What stands above it. */
  flags: readonly Flag[];
  drawn: RefObject<DrawnPicture | null>;
  onView: (view: TimelineView | null) => void;
}

export function TimelineChart({ choice, data, view, tool, charted, flags, drawn, onView }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const size = useChartSize(host);
  const withFlags = flags.length > 0;
  const { font } = useChartColours();
  const frames = useMemo(
    () => (size ? timelineFrames(data, view, size, { withFlags, font }) : []),
    [size, data, view, withFlags, font],
  );
  const groups = useMemo(() => {
    const frame = frames.find((each) => each !== null);
    return frame ? placeFlags(frame, flags) : [];
  }, [frames, flags]);
  useTimelinePicture(host, size, frames, { choice, data, charted, groups, drawn });
  const { list, selected, shown } = charted.snapshot;
  const present = frames.filter((frame) => frame !== null);
  const move = (moved: Frame, { x, y }: View) =>
    onView({ x, y: frames.map((frame) => (frame === moved ? y : (frame?.view.y ?? null))) });
  const names = choice.strips.map(({ label }) => label).join(', ');
  return (
    <>
      <PlotSurface
        host={host}
        label={`${names} over ${choice.over.label}: ${present[0]?.slots.length ?? 0} points`}
        frames={present}
        flags={groups}
        names={namesOf(choice, frames)}
        tool={tool}
        focused={selected === null ? null : (list.slotOf(selected) ?? null)}
        wordsOf={(slot) => pointWords(charted, [choice.over, ...choice.strips], slot)}
        {...chooseIn(charted.store)}
        onView={move}
        onReset={() => onView(null)}
      />
      {present.every(({ slots }) => slots.length === 0) && (
        <ChartNotice>
          {shown.length > 0
            ? `No version has both ${names} and ${choice.over.label}.`
            : 'No version is shown.'}
        </ChartNotice>
      )}
    </>
  );
}

/** The names of strips and of the axis along, as they stand beside their frames. */
function namesOf({ over, strips }: TimelineChoice, frames: readonly (Frame | null)[]): NamedArea[] {
  const last = frames.findLastIndex((frame) => frame !== null);
  return frames.flatMap((frame, index) => {
    const strip = strips[index];
    if (!frame || !strip) return [];
    const x = { ...lookOf(over), labelled: index === last };
    return axisNames({ area: frame.area, x, y: lookOf(strip) });
  });
}

interface Drawn {
  choice: TimelineChoice;
  data: TimelineData;
  charted: Charted;
  groups: readonly FlagGroup[];
  drawn: RefObject<DrawnPicture | null>;
}

function useTimelinePicture(
  host: RefObject<HTMLDivElement | null>,
  size: ChartSize | null,
  frames: readonly (Frame | null)[],
  { choice, data, charted, groups, drawn }: Drawn,
): void {
  const colours = useChartColours();
  const { snapshot, kinds, detail } = charted;
  const dots = size?.dots ?? 1;
  const clouds = useMemo(
    () => frames.map((frame) => (frame ? drawPoints(frame, dots, kinds && { kinds }, colours, detail) : [])),
    [frames, dots, kinds, colours, detail],
  );
  const marks = useMarks(charted, snapshot.shown);
  const picture = useMemo(
    () =>
      timelinePicture({ choice, strips: data.strips, frames, clouds, marks, groups, kinds, dots, colours }),
    [choice, data, frames, clouds, marks, groups, kinds, dots, colours],
  );
  useEchart(host, size, picture, colours, drawn, kinds);
}

interface Parts {
  choice: TimelineChoice;
  strips: readonly Strip[];
  frames: readonly (Frame | null)[];
  clouds: readonly (readonly Shape[])[];
  marks: Marks;
  groups: readonly FlagGroup[];
  kinds: Kinds | null;
  dots: number;
  colours: ChartColours;
}

function timelinePicture({
  choice,
  strips,
  frames,
  clouds,
  marks,
  groups,
  kinds,
  dots,
  colours,
}: Parts): Picture {
  const last = frames.findLastIndex((frame) => frame !== null);
  const drawn = frames.flatMap((frame, index): PictureFrame[] => {
    const strip = strips[index];
    if (!frame || !strip) return [];
    const shapes = [
      ...(clouds[index] ?? []),
      ...(strip.better ?? []).flatMap((better, kind) =>
        drawBestLine(frame, better, kinds?.colours[kind]?.css ?? colours.accent),
      ),
      ...drawMarks(frame, withValues(marks, frame), dots, colours),
    ];
    const x = { ...lookOf(choice.over), labelled: index === last };
    return [{ area: frame.area, view: frame.view, x, y: lookOf(strip.measure), shapes }];
  });
  const [first] = frames;
  const areas = drawn.map(({ area }) => area);
  return {
    frames: drawn,
    over: [
      ...drawFlags(groups, areas, colours),
      ...(first ? drawNames(first, withValues(marks, first), colours) : []),
    ],
  };
}

/** Marks of versions that have a value in this frame. */
function withValues({ chosen, named }: Marks, { x, y }: Frame): Marks {
  const isThere = (slot: number) => Number.isFinite((x[slot] ?? Number.NaN) + (y[slot] ?? Number.NaN));
  return { chosen: chosen.filter(isThere), named: named.filter(({ slot }) => isThere(slot)) };
}
