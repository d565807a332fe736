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

test('a thread waits for each core', () => {
  startSpareWorkers('integrity-worker');
  expect(started.count).toBe(availableParallelism());
});

test('a spare thread is taken before another is started', () => {
  startSpareWorkers('integrity-worker');
  const before = started.count;
  for (let taken = 0; taken < availableParallelism(); taken += 1) takeWorker('integrity-worker');
  expect(started.count).toBe(before);
  takeWorker('integrity-worker');
  expect(started.count).toBe(before + 1);
});

test('a thread that may take more memory than is wanted is not taken', () => {
  startSpareWorkers('contents-worker', 1, 512);
  const before = started.count;
  takeWorker('contents-worker', 64);
  expect(started.count).toBe(before + 1);
  takeWorker('contents-worker', 512);
  expect(started.count).toBe(before + 1);
});
