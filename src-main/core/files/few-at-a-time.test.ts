import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { fewAtATime } from './few-at-a-time.ts';

test('every item has its turn, results come in the order of the items, and few are under way at once', async () => {
  const items = Array.from({ length: 100 }, (_, index) => index);
  let [now, most] = [0, 0];
  const results = await fewAtATime(items, async (item) => {
    now += 1;
    most = Math.max(most, now);
    for (let waits = item % 3; waits >= 0; waits -= 1) await setImmediate();
    now -= 1;
    return item * 2;
  });
  expect(results).toEqual(items.map((item) => item * 2));
  expect(most).toBe(8);
});

test('after a failure nothing more is begun', async () => {
  const begun: number[] = [];
  const failing = fewAtATime(
    Array.from({ length: 100 }, (_, index) => index),
    async (item) => {
      begun.push(item);
      await setImmediate();
      if (item === 3) throw new Error('EIO');
    },
  );
  await expect(failing).rejects.toThrow('EIO');
  await setImmediate();
  expect(begun.length).toBeLessThan(20);
});

test('a failure is told once nothing is under way any more: who clears up after it is alone', async () => {
  let underWay = 0;
  const failing = fewAtATime([1, 2, 3, 4], async (item) => {
    underWay += 1;
    for (let waits = item; waits > 0; waits -= 1) await setImmediate();
    underWay -= 1;
    if (item === 1) throw new Error('EIO');
  });
  await expect(failing).rejects.toThrow('EIO');
  expect(underWay).toBe(0);
});
