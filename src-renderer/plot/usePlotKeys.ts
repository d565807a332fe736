import type { KeyboardEvent } from 'react';
import { neighbour } from './find-points.ts';
import type { Frame } from './frame.ts';
import type { PlotActions } from './PlotSurface.tsx';
import { centreOf, panned, zoomedAt } from './views.ts';

/** In pixels. */
const push = 60;

/** ← → Home End go from version to version, with Shift the arrows move the chart; + − zoom, 0 shows all again. */
export function usePlotKeys(
  frames: readonly Frame[],
  focused: number | null,
  { onPick, onView, onReset }: PlotActions,
): (event: KeyboardEvent) => void {
  const [frame] = frames;
  if (!frame) return () => undefined;
  const isDrawn = focused !== null && frame.slots.includes(focused);
  const from = isDrawn ? focused : null;
  const go = (slot: number | null) => slot !== null && onPick(slot, false);
  const zoom = (factor: number) => onView(frame, zoomedAt(frame, centreOf(frame), factor));
  const pan = (dx: number, dy: number) => onView(frame, panned(frame, dx, dy));
  const keys = new Map<string, () => void>([
    ['ArrowRight', () => go(neighbour(frame, from, 1))],
    ['ArrowLeft', () => go(neighbour(frame, from, -1))],
    ['Home', () => go(neighbour(frame, null, 1))],
    ['End', () => go(neighbour(frame, null, -1))],
    ['+', () => zoom(0.8)],
    ['=', () => zoom(0.8)],
    ['-', () => zoom(1.25)],
    ['0', onReset],
    ['Shift+ArrowRight', () => pan(-push, 0)],
    ['Shift+ArrowLeft', () => pan(push, 0)],
    ['Shift+ArrowUp', () => pan(0, push)],
    ['Shift+ArrowDown', () => pan(0, -push)],
  ]);
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const name = event.shiftKey && event.key.startsWith('Arrow') ? `Shift+${event.key}` : event.key;
    const act = keys.get(name);
    if (!act) return;
    event.preventDefault();
    act();
  };
}
