import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { cancelByEscape } from './cancel-by-escape.ts';
import type { Corner } from './find-points.ts';

/** What pressing and moving the pointer over a chart does. */
export type Tool = 'box' | 'lasso' | 'pan';

interface DragActions {
  tool: Tool;
  onClick: (at: Corner, event: PointerEvent) => void;
  onRegion: (from: Corner, path: readonly Corner[], event: PointerEvent) => void;
  /** From the place before to this one; `from` is where it began. */
  onPan: (from: Corner, before: Corner, to: Corner) => void;
}

/** A drag in progress. */
export interface Drag {
  tool: Tool;
  from: Corner;
  path: readonly Corner[];
}

/** A press that moves less is a click, in pixels. */
const least = 4;
const middleButton = 1;

/** Tells clicks, regions and pushes apart; the middle button always pushes, Esc gives up what was begun. */
export function useDrag({ tool, onClick, onRegion, onPan }: DragActions) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const last = useRef<Corner>([0, 0]);
  const isDragging = drag !== null;
  useEffect(() => {
    return isDragging ? cancelByEscape(() => setDrag(null)) : undefined;
  }, [isDragging]);
  const down = (event: PointerEvent<HTMLElement>) => {
    if (event.button > middleButton) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const from = placeOf(event);
    last.current = from;
    setDrag({ tool: event.button === middleButton ? 'pan' : tool, from, path: [from] });
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    if (!drag) return;
    const to = placeOf(event);
    if (drag.tool === 'pan') onPan(drag.from, last.current, to);
    last.current = to;
    setDrag({ ...drag, path: [...drag.path, to] });
  };
  const up = (event: PointerEvent<HTMLElement>) => {
    if (!drag) return;
    setDrag(null);
    if (farthest(drag) < least) onClick(drag.from, event);
    else if (drag.tool !== 'pan') onRegion(drag.from, drag.path, event);
  };
  return {
    drag,
    handlers: {
      onPointerDown: down,
      onPointerMove: move,
      onPointerUp: up,
      onPointerCancel: () => setDrag(null),
    },
  };
}

/** Where the pointer is, in pixels from the corner of what listens. */
export function placeOf({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): Corner {
  const { left, top } = currentTarget.getBoundingClientRect();
  return [clientX - left, clientY - top];
}

function farthest({ from: [x, y], path }: Drag): number {
  return path.reduce((far, [px, py]) => Math.max(far, Math.abs(px - x), Math.abs(py - y)), 0);
}
