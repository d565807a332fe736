import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { lockRun } from './lock-run.ts';

/** One has the lock of a folder, another comes and waits, and gets it when the first lets go. @returns what the first got */
export async function lockInTurn(folder: string): ReturnType<typeof lockRun> {
  const first = await lockRun(folder, 'save', 0);
  const order: string[] = [];
  const second = lockRun(folder, 'prune', 5000).then((lock) => {
    order.push('second has it');
    return lock;
  });
  await sleep(120);
  order.push('first lets go');
  await first.release();
  await (await second).release();
  expect(order).toEqual(['first lets go', 'second has it']);
  return first;
}
