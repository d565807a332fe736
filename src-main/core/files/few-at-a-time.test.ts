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
