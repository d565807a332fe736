import { type PointerEvent, useEffect, useRef } from 'react';
import { cancelByEscape } from '../plot/cancel-by-escape.ts';
import { laneValue, type Rails } from '../plot/lanes.ts';
import { placeOf } from '../plot/useDrag.ts';
import { endsOnAxis, type MeasureRange } from '../versions/measure.ts';
import type { MeasuredLane } from './useParallel.ts';

interface BrushActions {
  lanes: readonly MeasuredLane[];
  rails: Rails | null;
  ranges: readonly MeasureRange[];
  onRange: (range: MeasureRange) => void;
}

interface Brush {
  lane: MeasuredLane;
  from: number;
  /** The range that is being pushed along; null while a new one is drawn. */
  pushed: MeasureRange | null;
  moved: boolean;
  /** Ends listening for Esc. */
  stop: () => void;
}

/** How near to an axis the pointer takes it, and how little is a click, in pixels. */
const [near, least] = [24, 4];

/** Dragging along an axis asks for a range of it, dragging a range moves it, a click takes it away, Esc leaves it as it was. */
export function useBrush({ lanes, rails, ranges, onRange }: BrushActions) {
  const brush = useRef<Brush | null>(null);
  const end = () => {
    brush.current?.stop();
    brush.current = null;
  };
  useEffect(() => () => brush.current?.stop(), []);
  if (!rails) return {};
  const down = (event: PointerEvent<HTMLElement>) => {
    const [x, y] = placeOf(event);
    const lane = laneNear(lanes, x);
    if (event.button !== 0 || !lane) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const range = ranges.find(({ measure }) => measure.id === lane.measure.id) ?? null;
    const pushed = range && isWithin(lane, rails, range, y) ? range : null;
    const before = range ?? { measure: lane.measure, low: null, high: null };
    const stop = cancelByEscape(() => {
      onRange(before);
      end();
    });
    brush.current = { lane, from: y, pushed, moved: false, stop };
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const held = brush.current;
    if (!held) return;
    const [, y] = placeOf(event);
    held.moved ||= Math.abs(y - held.from) >= least;
    if (held.moved) onRange(rangeBy(held, rails, y));
  };
  const up = () => {
    const held = brush.current;
    end();
    if (held && !held.moved) onRange({ measure: held.lane.measure, low: null, high: null });
  };
  return {
    onPointerDown: down,
    onPointerMove: move,
    onPointerUp: up,
    onPointerCancel: end,
  };
}

function laneNear(lanes: readonly MeasuredLane[], x: number): MeasuredLane | undefined {
  return lanes.find((lane) => Math.abs(lane.x - x) <= near);
}

function isWithin(lane: MeasuredLane, rails: Rails, range: MeasureRange, y: number): boolean {
  const value = laneValue(lane, rails, y);
  const ends = endsOnAxis(range);
  return ends !== null && value >= (ends.low ?? value) && value <= (ends.high ?? value);
}

function rangeBy({ lane, from, pushed }: Brush, rails: Rails, to: number): MeasureRange {
  const { extent } = lane;
  const [start, end] = [laneValue(lane, rails, from), laneValue(lane, rails, to)];
  const ends = pushed && endsOnAxis(pushed);
  if (!ends) return ended(lane, Math.min(start, end), Math.max(start, end));
  const by = end - start;
  return ended(lane, (ends.low ?? extent.low) + by, (ends.high ?? extent.high) + by);
}

/** An end beyond the axis is open. */
function ended({ measure, extent }: MeasuredLane, low: number, high: number): MeasureRange {
  if (measure.scale === 'text')
    return { measure, ...endsInWords(measure.words?.() ?? [], extent, low, high) };
  const [from, to] = measure.scale === 'number' ? [rounded(low, extent), rounded(high, extent)] : [low, high];
  return { measure, low: low <= extent.low ? null : from, high: high >= extent.high ? null : to };
}

/** To six figures of what is between the ends of the axis, or so: nobody points more exactly, and a field has no room for more. */
function rounded(value: number, { low, high }: MeasuredLane['extent']): number {
  const decimals = 5 - Math.floor(Math.log10(high - low || 1));
  return decimals < 0 ? Math.round(value) : Number(value.toFixed(Math.min(20, decimals)));
}

/** The words at the ends, for others may come before and after them; both are open where all words are between. */
function endsInWords(
  words: readonly string[],
  extent: MeasuredLane['extent'],
  low: number,
  high: number,
): Pick<MeasureRange, 'low' | 'high'> {
  const [first, last] = wholePlaces(low, high);
  if (first <= extent.low && last >= extent.high) return { low: null, high: null };
  const wordAt = (place: number) => words[Math.max(extent.low, Math.min(place, extent.high))] ?? null;
  return { low: wordAt(first), high: wordAt(last) };
}

/** The words between two places, or the one that is nearest to both. */
function wholePlaces(low: number, high: number): [low: number, high: number] {
  const [first, last] = [Math.ceil(low), Math.floor(high)];
  const middle = Math.round((low + high) / 2);
  return first <= last ? [first, last] : [middle, middle];
}
