import { expect, test } from 'vitest';
import { bestSoFar } from './best-so-far.ts';

const slots = Uint32Array.of(0, 1, 2, 3, 4, 5);
const x = Float64Array.of(3, 1, 2, 2, 5, 4);
const y = Float64Array.of(7, 1, 0.5, 4, 7, 9);

test('what was better than all before it, whichever way round; of those at one place the best alone', () => {
  expect([...bestSoFar(slots, x, y, 'max')]).toEqual([1, 3, 0, 5]);
  expect([...bestSoFar(slots, x, y, 'min')]).toEqual([1, 2]);
  expect([...bestSoFar(new Uint32Array(), x, y, 'max')]).toEqual([]);
});
