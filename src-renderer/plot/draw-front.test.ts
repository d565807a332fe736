import { expect, test } from 'vitest';
import type { ChartColours } from './chart-colours.ts';
import { drawFront, frontEdge } from './draw-front.ts';
import type { Frame } from './frame.ts';

const area = { left: 0, top: 0, width: 100, height: 100 };

test('the edge of a front goes by what both its points are no worse than, and on to the worse ends', () => {
  // On the screen more is further down: where more is better, the better point is the higher one.
  expect(
    frontEdge(
      [
        [80, 60],
        [50, 20],
      ],
      { x: 'max', y: 'max' },
      area,
    ),
  ).toEqual([
    [80, 100],
    [80, 60],
    [50, 60],
    [50, 20],
    [0, 20],
  ]);
  expect(
    frontEdge(
      [
        [20, 40],
        [60, 90],
      ],
      { x: 'min', y: 'min' },
      area,
    ),
  ).toEqual([
    [20, 0],
    [20, 40],
    [60, 40],
    [60, 90],
    [100, 90],
  ]);
  expect(frontEdge([], { x: 'max', y: 'max' }, area)).toEqual([]);
});

const frame: Frame = {
  area,
  view: { x: { low: 0, high: 100 }, y: { low: 0, high: 100 } },
  x: Float64Array.of(50),
  y: Float64Array.of(50),
  slots: Uint32Array.of(0),
};

test('a point of the front keeps the colour that it has by a measure, within a ring', () => {
  const colours = { accent: 'teal', surface: 'white' } as ChartColours;
  const fillOf = (areColoured: boolean) =>
    drawFront(frame, Uint32Array.of(0), { x: 'max', y: 'max' }, colours, areColoured).flatMap((shape) =>
      shape.type === 'circle' ? (shape.style.fill ?? '') : [],
    );
  expect(fillOf(false)).toEqual(['teal']);
  expect(fillOf(true)).toEqual(['none']);
});
