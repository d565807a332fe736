import { expect, test } from 'vitest';
import { logTicks } from './log-ticks.ts';

const numbers = (low: number, high: number, count: number) =>
  logTicks({ low: Math.log10(low), high: Math.log10(high) }, count).map((place) =>
    Number((10 ** place).toPrecision(6)),
  );

test('a logarithmic axis is marked at powers of ten, as many as there is room for', () => {
  expect(numbers(0.0005, 2000, 10)).toEqual([0.001, 0.01, 0.1, 1, 10, 100, 1000]);
  expect(numbers(0.0005, 2000, 4)).toEqual([0.01, 1, 100]);
});

test('where it has less than two of them it is marked between them', () => {
  expect(numbers(0.3, 8, 5)).toEqual([0.5, 1, 2, 5]);
  expect(numbers(1.23, 1.345, 5)).toEqual([1.25, 1.3]);
});
