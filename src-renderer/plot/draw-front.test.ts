import { expect, test } from 'vitest';
import { frontEdge } from './draw-front.ts';

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
