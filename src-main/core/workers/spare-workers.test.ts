import { availableParallelism } from 'node:os';
import { expect, test, vi } from 'vitest';
import { startSpareWorkers, takeWorker } from './spare-workers.ts';

const started = vi.hoisted(() => ({ count: 0 }));
vi.mock('node:worker_threads', () => ({
  Worker: class {
    constructor() {
      started.count += 1;
    }
    ref() {}
    unref() {}
  },
}));

test('no more threads wait than there are cores, however many are asked for', () => {
  startSpareWorkers('integrity-worker', 5000);
  expect(started.count).toBe(availableParallelism());
});

test('a spare thread is taken before another is started', () => {
  startSpareWorkers('integrity-worker', 1);
  const before = started.count;
  takeWorker('integrity-worker');
  expect(started.count).toBe(before);
  takeWorker('integrity-worker');
  expect(started.count).toBe(before + 1);
});
