import { expect, test } from 'vitest';
import { createLimit } from './create-limit.ts';

test('so often within the time, and again once it has passed', () => {
  let now = 0;
  const mayHappen = createLimit(3, 60, () => now);
  const at = (time: number) => {
    now = time;
    return mayHappen();
  };
  expect([0, 10, 20, 30, 59].map(at)).toEqual([true, true, true, false, false]);
  expect([60, 61, 70, 80].map(at)).toEqual([true, false, true, true]);
});
