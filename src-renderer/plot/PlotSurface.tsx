import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { boxBetween, type Corner, nearestPoint, pointsWithin } from './find-points.ts';
import type { FlagGroup } from './flags.ts';
import type { Frame, View } from './frame.ts';
import { PlotOverlay } from './PlotOverlay.tsx';
import { PlotTip } from './PlotTip.tsx';
import { type Drag, placeOf, type Tool, useDrag } from './useDrag.ts';
import { frameAt, pointReach, useHover } from './useHover.ts';
import { type NamedArea, useNameUnder } from './useNameUnder.ts';
import { usePlotKeys } from './usePlotKeys.ts';
import { panned, wheelFactor, zoomedAt } from './views.ts';
import './plot.css';

/** What a version is called in a chart, and what it says. */
export interface PointWords {
  title: string;
  facts: readonly (readonly [name: string, value: string])[];
}

export interface PlotActions {
  /** Null for a place where nothing is. */
  onPick: (slot: number | null, more: boolean) => void;
  onRegion: (slots: readonly number[], more: boolean) => void;
  onView: (frame: Frame, view: View) => void;
  onReset: () => void;
}

interface Props extends PlotActions {
  host: RefObject<HTMLDivElement | null>;
  label: string;
  frames: readonly Frame[];
  /** What stands above the frames and can be pointed at. */
  flags?: readonly FlagGroup[];
  /** What is written beside the frames. */
  names?: readonly NamedArea[];
  tool: Tool;
  /** The version that has the focus. */
  focused: number | null;
  wordsOf: (slot: number) => PointWords;
}

const noFlags: readonly FlagGroup[] = [];
const noNames: readonly NamedArea[] = [];

/** A chart that answers to pointer and keys: versions are pointed at, chosen one by one or in an outline; its axes zoom and move. */
export function PlotSurface({
  host,
  label,
  frames,
  flags = noFlags,
  names = noNames,
  tool,
  focused,
  wordsOf,
  ...actions
}: Props) {
  const surface = useRef<HTMLDivElement>(null);
  const [name, findName] = useNameUnder(names);
  const [told, hover] = useHover(frames, flags, wordsOf);
  const { drag, handlers } = useDrag({
    tool,
    onClick: (at, event) => {
      const frame = frameAt(frames, at);
      actions.onPick(frame ? nearestPoint(frame, at, pointReach) : null, isMore(event));
    },
    // A region may begin beside the axes.
    onRegion: (from, path, event) => {
      const frame = nearestFrame(frames, from);
      if (frame) actions.onRegion(pointsWithin(frame, outlineOf(tool, from, path)), isMore(event));
    },
    onPan: (from, before, to) => {
      const frame = nearestFrame(frames, from);
      if (frame) actions.onView(frame, panned(frame, to[0] - before[0], to[1] - before[1]));
    },
  });
  useWheel(surface, (at, factor) => {
    const frame = frameAt(frames, at);
    if (frame) actions.onView(frame, zoomedAt(frame, at, factor));
  });
  const onKeyDown = usePlotKeys(frames, focused, actions);
  const move = (event: PointerEvent<HTMLElement>) => {
    handlers.onPointerMove(event);
    const at = placeOf(event);
    hover(drag ? null : at);
    findName(at);
  };
  return (
    <div
      ref={surface}
      className="plot"
      role="application"
      aria-roledescription="chart"
      aria-label={label}
      title={name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys
      tabIndex={0}
      data-tool={tool}
      onKeyDown={(event: KeyboardEvent<HTMLDivElement>) => onKeyDown(event)}
      {...handlers}
      onPointerMove={move}
      onPointerLeave={() => hover(null)}
      onDoubleClick={actions.onReset}
    >
      <div ref={host} className="plot-chart" aria-hidden="true" />
      <PlotOverlay drag={drag && outlined(drag)} ring={told?.isPoint ? told.at : null} />
      {told && <PlotTip at={told.at} words={told.words} />}
    </div>
  );
}

function nearestFrame(frames: readonly Frame[], [, y]: Corner): Frame | undefined {
  const distance = ({ area: { top, height } }: Frame) => Math.max(top - y, y - top - height, 0);
  return frames.toSorted((a, b) => distance(a) - distance(b))[0];
}

function isMore({ ctrlKey, metaKey, shiftKey }: PointerEvent): boolean {
  return ctrlKey || metaKey || shiftKey;
}

function outlined({ tool, from, path }: Drag): readonly Corner[] {
  return tool === 'pan' ? [] : outlineOf(tool, from, path);
}

function outlineOf(tool: Tool, from: Corner, path: readonly Corner[]): readonly Corner[] {
  return tool === 'box' ? boxBetween(from, path.at(-1) ?? from) : path;
}

/** The wheel scrolls the page; with Ctrl or ⌘, as by a pinch, it zooms what is under it. */
function useWheel(
  surface: RefObject<HTMLDivElement | null>,
  onZoom: (at: Corner, factor: number) => void,
): void {
  const latest = useRef(onZoom);
  useEffect(() => {
    latest.current = onZoom;
  });
  useEffect(() => {
    const element = surface.current;
    if (!element) return;
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      latest.current([event.clientX - left, event.clientY - top], wheelFactor(event.deltaY));
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [surface]);
}
