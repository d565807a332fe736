import { type Frame, pointAt } from './frame.ts';
import type { Shape } from './picture.ts';

/** The best so far as steps, on to the end of the frame. @param better the versions that were better than all before them */
export function drawBestLine(frame: Frame, better: Uint32Array, stroke: string): Shape[] {
  const points: number[][] = [];
  for (const slot of better) {
    const [px, py] = pointAt(frame, slot);
    const before = points.at(-1)?.[1];
    if (before !== undefined) points.push([px, before]);
    points.push([px, py]);
  }
  const last = points.at(-1);
  if (!last) return [];
  points.push([frame.area.left + frame.area.width, last[1] ?? 0]);
  return [
    {
      type: 'polyline',
      shape: { points },
      style: { stroke, lineWidth: 1.75, fill: 'none' },
    },
  ];
}
