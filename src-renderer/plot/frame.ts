import { slotRoom } from '../versions/slot-room.ts';
import type { Extent } from './extent.ts';

/** A rectangle on the screen, in CSS pixels from the corner of its chart. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What a frame is looked at through: the part of both axes that is shown. */
export interface View {
  x: Extent;
  y: Extent;
}

/** Versions as points between two axes. Columns are by slot; the slots drawn have a finite value in both. */
export interface Frame {
  area: Area;
  view: View;
  x: Float64Array;
  y: Float64Array;
  slots: Uint32Array;
}

/** From a value to a pixel: `value * factor + offset`. */
export interface Scale {
  factor: number;
  offset: number;
}

export function scaleX({ area: { left, width }, view: { x } }: Pick<Frame, 'area' | 'view'>): Scale {
  return scaleBetween(x, left, left + width);
}

export function scaleY({ area: { top, height }, view: { y } }: Pick<Frame, 'area' | 'view'>): Scale {
  return scaleBetween(y, top + height, top);
}

function scaleBetween({ low, high }: Extent, from: number, to: number): Scale {
  const factor = (to - from) / (high - low);
  return { factor, offset: from - low * factor };
}

export function toPixel({ factor, offset }: Scale, value: number): number {
  return value * factor + offset;
}

export function toValue({ factor, offset }: Scale, pixel: number): number {
  return (pixel - offset) / factor;
}

/** Where a version is drawn. */
export function pointAt(frame: Frame, slot: number): [x: number, y: number] {
  return [
    toPixel(scaleX(frame), frame.x[slot] ?? Number.NaN),
    toPixel(scaleY(frame), frame.y[slot] ?? Number.NaN),
  ];
}

export function isInside({ left, top, width, height }: Area, x: number, y: number): boolean {
  return x >= left && x <= left + width && y >= top && y <= top + height;
}

/** The slots whose values are finite in both columns. */
export function drawable(slots: Uint32Array, x: Float64Array, y: Float64Array): Uint32Array {
  const kept = slotRoom(slots.length);
  let count = 0;
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] ?? 0;
    // A sum is finite only if both its terms are, but for numbers that no axis could show.
    if (!Number.isFinite((x[slot] ?? Number.NaN) + (y[slot] ?? Number.NaN))) continue;
    kept[count] = slot;
    count += 1;
  }
  return kept.slice(0, count);
}
