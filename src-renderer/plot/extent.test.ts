import { expect, test } from 'vitest';
import { extentOf, hasNumbers, isEqualColumn, padded, shifted, zoomed } from './extent.ts';

test('an extent is of finite values alone', () => {
  expect(extentOf(Float64Array.of(3, Number.NaN, -1, Infinity))).toEqual({ low: -1, high: 3 });
  expect(extentOf(Float64Array.of(Number.NaN))).toBeNull();
  expect(extentOf(Float64Array.of(3, 9, -1), Uint32Array.of(0, 2))).toEqual({ low: -1, high: 3 });
});

test('room is made at both ends, also around a single value', () => {
  expect(padded({ low: 0, high: 100 })).toEqual({ low: -4, high: 104 });
  expect(padded({ low: 0, high: 0 })).toEqual({ low: -1, high: 1 });
  expect(padded({ low: -4, high: -4 })).toEqual({ low: -6, high: -2 });
  expect(padded({ low: 7, high: 7 }, undefined, 2)).toEqual({ low: 5, high: 9 });
});

test('zooming keeps one value in its place and ends before numbers do', () => {
  expect(zoomed({ low: 0, high: 10 }, 5, 0.5)).toEqual({ low: 2.5, high: 7.5 });
  expect(zoomed({ low: 0, high: 10 }, 0, 2)).toEqual({ low: 0, high: 20 });
  let near = { low: 1, high: 2 };
  for (let turn = 0; turn < 500; turn += 1) near = zoomed(near, 1.3, 0.5);
  expect(near.high).toBeGreaterThan(near.low);
  expect(shifted({ low: 1, high: 2 }, 3)).toEqual({ low: 4, high: 5 });
});

test('columns that say nothing, or the same as another, are known', () => {
  expect([Float64Array.of(Number.NaN), Float64Array.of(Number.NaN, 0)].map(hasNumbers)).toEqual([
    false,
    true,
  ]);
  const column = Float64Array.of(1, Number.NaN);
  expect(isEqualColumn(column, Float64Array.of(1, Number.NaN))).toBe(true);
  expect(isEqualColumn(column, Float64Array.of(1, 2))).toBe(false);
});
