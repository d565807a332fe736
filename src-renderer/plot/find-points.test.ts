import { expect, test } from 'vitest';
import { boxBetween, nearestPoint, neighbour, pointsWithin } from './find-points.ts';
import { drawable, type Frame, pointAt } from './frame.ts';

const x = Float64Array.of(0, 1, 2, 3, Number.NaN, 2);
const y = Float64Array.of(0, 10, 20, 30, 5, Infinity);
const frame: Frame = {
  area: { left: 100, top: 50, width: 300, height: 300 },
  view: { x: { low: 0, high: 3 }, y: { low: 0, high: 30 } },
  x,
  y,
  slots: drawable(Uint32Array.of(0, 1, 2, 3, 4, 5), x, y),
};

test('only what has a finite value in both is drawn, higher values higher up', () => {
  expect([...frame.slots]).toEqual([0, 1, 2, 3]);
  expect(pointAt(frame, 0)).toEqual([100, 350]);
  expect(pointAt(frame, 3)).toEqual([400, 50]);
});

test('the nearest point within reach is found, and none beyond', () => {
  expect(nearestPoint(frame, [204, 247], 8)).toBe(1);
  expect(nearestPoint(frame, [250, 200], 8)).toBeNull();
});

test('an outline takes what is in it: a box either way round, a lasso with a dent', () => {
  expect(pointsWithin(frame, boxBetween([310, 140], [190, 260]))).toEqual([1, 2]);
  expect(
    pointsWithin(frame, [
      [80, 350],
      [80, 40],
      [390, 40],
    ]),
  ).toEqual([]);
  expect(
    pointsWithin(frame, [
      [80, 370],
      [190, 370],
      [210, 240],
      [190, 230],
      [80, 300],
    ]),
  ).toEqual([0, 1]);
  expect(pointsWithin(frame, [])).toEqual([]);
});

test('what is zoomed out of the frame is not chosen with it', () => {
  const near = { ...frame, view: { x: { low: 0.5, high: 2.5 }, y: { low: 0, high: 30 } } };
  expect(pointsWithin(near, boxBetween([0, 0], [1000, 1000]))).toEqual([1, 2]);
});

test('arrows go from one to the next by the horizontal axis, through ties too', () => {
  const tied: Frame = {
    ...frame,
    x: Float64Array.of(2, 1, 1, 1),
    y: Float64Array.of(0, 5, 4, 5),
    slots: Uint32Array.of(0, 1, 2, 3),
  };
  const walk = (way: 1 | -1) => {
    const met: number[] = [];
    for (let at = neighbour(tied, null, way); at !== null; at = neighbour(tied, at, way)) met.push(at);
    return met;
  };
  expect(walk(1)).toEqual([2, 1, 3, 0]);
  expect(walk(-1)).toEqual([0, 3, 1, 2]);
});
