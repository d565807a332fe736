import { expect, test } from 'vitest';
import { sortIndices } from '../../shared/query/sort-indices.ts';
import { bestSoFar } from './best-so-far.ts';

const slots = Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 7);
const x = Float64Array.of(3, 1, 2, 2, 5, 4, 0, 0);
const y = Float64Array.of(7, 1, 0.5, 4, 7, 9, Number.NaN, Infinity);
const order = sortIndices(slots, x, 'min');
const all = new Uint8Array(8).fill(1);

test('what was better than all before it, whichever way round; of those at one place the best alone', () => {
  expect([...bestSoFar(order, all, x, y, 'max')]).toEqual([1, 3, 0, 5]);
  expect([...bestSoFar(order, all, x, y, 'min')]).toEqual([1, 2]);
});

test('what is not shown does not count', () => {
  const some = Uint8Array.of(1, 1, 1, 0, 1, 1, 1, 1);
  expect([...bestSoFar(order, some, x, y, 'max')]).toEqual([1, 0, 5]);
  expect([...bestSoFar(order, new Uint8Array(8), x, y, 'max')]).toEqual([]);
});
