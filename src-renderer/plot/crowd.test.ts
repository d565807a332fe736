import { expect, test } from 'vitest';
import { crowdOf } from './crowd.ts';

const crowd = Array.from({ length: 24 }, (_, at) => 1 + at / 100);
const column = (...far: number[]) => Float64Array.from([...far, ...crowd]);

test('one that is far worse than all others takes no room from them', () => {
  expect(crowdOf(column(-50), 'max')).toEqual({ low: 1, high: 1.23 });
  expect(crowdOf(column(50), 'min')).toEqual({ low: 1, high: 1.23 });
});

test('what is better than the crowd is never left out', () => {
  expect(crowdOf(column(50), 'max')).toEqual({ low: 1, high: 50 });
  expect(crowdOf(column(-50), 'min')).toEqual({ low: -50, high: 1.23 });
});

test('where no end is better, what is far to either side is left out', () => {
  expect(crowdOf(column(-50, 50), null)).toEqual({ low: 1, high: 1.23 });
});

test('a crowd is all of it where nobody is far, where few are there, or where nearly all are alike', () => {
  expect(crowdOf(column(0.9), 'max')).toEqual({ low: 0.9, high: 1.23 });
  expect(crowdOf(Float64Array.of(-50, 1, 1.1, 1.2), 'max')).toEqual({ low: -50, high: 1.2 });
  expect(crowdOf(Float64Array.from([-50, ...Array(40).fill(1)]), 'max')).toEqual({ low: -50, high: 1 });
  expect(crowdOf(Float64Array.of(Number.NaN), 'max')).toBeNull();
});

test('no more than a twentieth is far', () => {
  const half = [...Array.from({ length: 24 }, (_, at) => -50 - at / 100), ...crowd];
  expect(crowdOf(Float64Array.from(half), 'max')).toEqual({ low: -50.23, high: 1.23 });
});

test('of very many, too, the one that is far is left out, and no other', () => {
  const many = Float64Array.from({ length: 50_001 }, (_, at) => (at === 7 ? -50 : 1 + (at % 100) / 100));
  expect(crowdOf(many, 'max')).toEqual({ low: 1, high: 1.99 });
});

test('only what counts is looked at, and what is not finite is nowhere', () => {
  const values = column(-50, Number.NaN, Number.NEGATIVE_INFINITY);
  expect(crowdOf(values, 'max')).toEqual({ low: 1, high: 1.23 });
  expect(crowdOf(values, 'max', Uint32Array.of(0, 4, 5))).toEqual({ low: -50, high: 1.02 });
});
