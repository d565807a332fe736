import { availableParallelism } from 'node:os';
import { expect, test, vi } from 'vitest';
import { areForeseen, endSpareWorkers, keepSpare, startSpareWorkers, takeWorker } from './spare-workers.ts';

const started = vi.hoisted(() => ({ count: 0, ended: 0, online: [] as (() => void)[] }));
vi.mock('node:worker_threads', () => ({
  Worker: class {
    constructor() {
      started.count += 1;
    }
    once(_event: 'online', tell: () => void) {
      started.online.push(tell);
      return this;
    }
    readonly #listeners = new Map<string, () => void>();
    on(event: string, listener: () => void) {
      this.#listeners.set(event, listener);
      return this;
    }
    off(event: string) {
      this.#listeners.delete(event);
      return this;
    }
    emit(event: string) {
      this.#listeners.get(event)?.();
    }
    listenerCount(event: string) {
      return this.#listeners.has(event) ? 1 : 0;
    }
    terminate() {
      started.ended += 1;
    }
    ref() {}
    unref() {}
  },
}));

/** Tells of every thread that it runs, of those that are started upon that too. */
function comeOnline(): void {
  for (const tell of started.online) tell();
}

test('a thread waits for each core', () => {
  const before = started.count;
  startSpareWorkers('integrity-worker');
  comeOnline();
  expect(started.count - before).toBe(availableParallelism());
});

test('a spare thread is taken before another is started', () => {
  startSpareWorkers('integrity-worker');
  comeOnline();
  const before = started.count;
  for (let taken = 0; taken < availableParallelism(); taken += 1) takeWorker('integrity-worker');
  expect(started.count).toBe(before);
  takeWorker('integrity-worker');
  expect(started.count).toBe(before + 1);
});

test('the next spare thread starts once the one before runs, and never beside one that was started in its place', () => {
  const before = started.count;
  startSpareWorkers('integrity-worker', 2);
  expect(started.count - before).toBe(1);
  takeWorker('integrity-worker');
  expect(started.count - before).toBe(1);
  takeWorker('integrity-worker');
  comeOnline();
  expect(started.count - before).toBe(2);
});

test('where enough threads wait already none is started', () => {
  startSpareWorkers('settings-worker', 1);
  comeOnline();
  const before = started.count;
  startSpareWorkers('settings-worker', 1);
  expect(started.count).toBe(before);
  takeWorker('settings-worker');
  startSpareWorkers('settings-worker', 1);
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

test('a thread that is kept is taken again, until those that wait are ended', async () => {
  const worker = takeWorker('tensor-worker');
  const before = started.count;
  keepSpare('tensor-worker', worker);
  expect(takeWorker('tensor-worker')).toBe(worker);
  expect(started.count).toBe(before);
  keepSpare('tensor-worker', worker);
  await endSpareWorkers('tensor-worker');
  expect(started.ended).toBe(1);
  expect(takeWorker('tensor-worker')).not.toBe(worker);
});

test.each(['error', 'exit'])(
  'one that tells of its %s while it waits is not handed out any more',
  async (event) => {
    const worker = takeWorker('tensor-worker');
    keepSpare('tensor-worker', worker);
    worker.emit(event);
    expect(takeWorker('tensor-worker')).not.toBe(worker);
    keepSpare('tensor-worker', worker);
    expect(takeWorker('tensor-worker')).toBe(worker);
    expect(worker.listenerCount(event)).toBe(0);
  },
);

test('what was started before it was wanted is worth keeping, what was taken once is not', () => {
  takeWorker('read-names-worker', 64);
  expect(areForeseen('read-names-worker', 64)).toBe(false);
  startSpareWorkers('read-names-worker', 1, 64);
  expect([64, 512].map((memory) => areForeseen('read-names-worker', memory))).toEqual([true, false]);
});
