import { expect, test } from 'vitest';
import { atEdge, byView } from './at-edge.ts';
import type { ChartColours } from './chart-colours.ts';
import { drawFar } from './draw-far.ts';
import { nearestPoint } from './find-points.ts';

const view = { x: { low: 0, high: 100 }, y: { low: 0, high: 100 } };
const area = { left: 0, top: 0, width: 100, height: 100 };
const x = Float64Array.of(50, -900, 300, 50);
const y = Float64Array.of(50, 50, -300, 51);
const slots = Uint32Array.of(0, 1, 2, 3);
const colours = { point: 'blue', surface: 'white' } as ChartColours;

test('what is beyond the axes is at their edge, where an arrow points at it and it can be pointed at', () => {
  const { near, far } = byView(slots, view, x, y);
  expect([[...near], [...far]]).toEqual([
    [0, 3],
    [1, 2],
  ]);
  const frame = { area, slots, ...atEdge(view, x, y) };
  expect(nearestPoint(frame, [0, 50], 4)).toBe(1);
  expect(nearestPoint(frame, [100, 100], 4)).toBe(2);
  const [left, corner] = drawFar(frame, far, null, colours).map((shape) =>
    shape.type === 'polygon' ? shape.shape.points.map((point) => point.map(Math.round)) : [],
  );
  expect(left).toEqual([
    [0, 50],
    [11, 44],
    [11, 56],
  ]);
  expect(corner?.[0]).toEqual([100, 100]);
});

test('arrows to one place are one, whatever number of versions they point at', () => {
  const many = Float64Array.from({ length: 5000 }, (_, at) => -1000 - at);
  const beyond = Uint32Array.from(many.keys());
  const frame = {
    area,
    slots: beyond,
    ...atEdge(
      view,
      many,
      many.map(() => 50),
    ),
  };
  expect(drawFar(frame, beyond, null, colours)).toHaveLength(1);
});
