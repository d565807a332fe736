import { expect, test } from 'vitest';
import { seededRandom } from '../fixtures/bytes.ts';
import { Memo } from './memo.ts';
import type { Value } from './value.ts';

test.each([1, 2, 3, 4, 5, 6, 7, 8])('in whatever order numbers are stored, it is a Map (seed %i)', (seed) => {
  const random = seededRandom(seed);
  const [memo, map] = [new Memo(), new Map<number, Value>()];
  for (let step = 0; step < 2000; step += 1) {
    const number = random(3) === 0 ? map.size : random(40 * seed) - 2;
    const value = random(4) === 0 ? null : step;
    memo.set(number, value);
    map.set(number, value);
    expect(memo.size).toBe(map.size);
  }
  for (let number = -5; number < 60 * seed; number += 1)
    expect([number, memo.has(number), memo.get(number)]).toEqual([number, map.has(number), map.get(number)]);
});
