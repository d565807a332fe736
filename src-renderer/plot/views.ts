import { shifted, zoomed } from './extent.ts';
import type { Corner } from './find-points.ts';
import { type Frame, scaleX, scaleY, toValue, type View } from './frame.ts';

/** The view after the frame was pushed by so many pixels. */
export function panned(frame: Frame, dx: number, dy: number): View {
  return {
    x: shifted(frame.view.x, -dx / scaleX(frame).factor),
    y: shifted(frame.view.y, -dy / scaleY(frame).factor),
  };
}

/** The view nearer to a place on the screen, or farther. @param factor below 1 to see less */
export function zoomedAt(frame: Frame, [px, py]: Corner, factor: number): View {
  return {
    x: zoomed(frame.view.x, toValue(scaleX(frame), px), factor),
    y: zoomed(frame.view.y, toValue(scaleY(frame), py), factor),
  };
}

export function centreOf({ area: { left, top, width, height } }: Frame): Corner {
  return [left + width / 2, top + height / 2];
}

/** A notch of a wheel is a fifth or so; a pinch is many small turns. */
export function wheelFactor(deltaY: number): number {
  return Math.exp(Math.max(-100, Math.min(100, deltaY)) * 0.002);
}
