import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inIdleSteps, readAhead, whenIdle } from './when-idle.ts';

/** What waits for the window to be idle, and until when at the latest. */
const waiting = new Map<number, { work: () => void; timeout: number | undefined }>();
let last = 0;

beforeEach(() => {
  waiting.clear();
  vi.stubGlobal('requestIdleCallback', (work: () => void, { timeout }: IdleRequestOptions) => {
    last += 1;
    waiting.set(last, { work, timeout });
    return last;
  });
  vi.stubGlobal('cancelIdleCallback', (id: number) => waiting.delete(id));
});
afterEach(() => vi.unstubAllGlobals());

/** The window is idle for once. */
async function rest(): Promise<void> {
  const now = [...waiting.values()];
  waiting.clear();
  for (const { work } of now) work();
  await new Promise((done) => setTimeout(done));
}

test('what is not needed yet waits until there is nothing else to do, but not for ever, and can be taken back', async () => {
  const work = vi.fn();
  whenIdle(work, 500);
  expect([work.mock.calls.length, [...waiting.values()][0]?.timeout]).toEqual([0, 500]);
  await rest();
  expect(work).toHaveBeenCalledOnce();
  whenIdle(work)();
  await rest();
  expect(work).toHaveBeenCalledOnce();
});

test('long work is done step by step, each when there is nothing else to do, until it is stopped', async () => {
  const taken: number[] = [];
  function* work(steps: number): Generator<void, string> {
    for (let step = 1; step <= steps; step += 1) {
      taken.push(step);
      yield;
    }
    return 'done';
  }
  const done = vi.fn();
  inIdleSteps(work(2), done, 300);
  expect([taken, [...waiting.values()][0]?.timeout]).toEqual([[], 300]);
  await rest();
  expect([taken, done.mock.calls]).toEqual([[1], []]);
  await rest();
  await rest();
  expect(done).toHaveBeenCalledExactlyOnceWith('done');
  const stop = inIdleSteps(work(9), done);
  await rest();
  stop();
  await rest();
  expect([taken, done.mock.calls.length, waiting.size]).toEqual([[1, 2, 1], 1, 0]);
});

test('code is read ahead one part at a time, each when there is nothing else to do', async () => {
  const read: string[] = [];
  const part =
    (name: string, fails = false) =>
    async () => {
      read.push(name);
      if (fails) throw new Error('the disk is gone');
    };
  const stop = readAhead([part('a'), part('b', true), part('c'), part('d')]);
  expect(read).toEqual([]);
  await rest();
  expect(read).toEqual(['a']);
  expect([...waiting.values()].map(({ timeout }) => timeout)).toEqual([undefined]);
  await rest();
  await rest();
  expect(read).toEqual(['a', 'b', 'c']);
  stop();
  await rest();
  expect(read).toEqual(['a', 'b', 'c']);
});

test('once it is stopped while a part is read nothing more is', async () => {
  const second = vi.fn(async () => undefined);
  const stop = readAhead([async () => stop(), second]);
  await rest();
  await rest();
  expect(second).not.toHaveBeenCalled();
});
