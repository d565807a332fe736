import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { SaveLane } from './save-lane.ts';

/** Work that is done when it is told to be. */
function held() {
  let release: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}

test('one thing is done at a time; of what comes meanwhile the newest of each kind is done', async () => {
  const lane = new SaveLane<string>();
  const done: string[] = [];
  const first = held();
  lane.put('checkpoint', () => first.promise.then(() => void done.push('checkpoint 1')));
  await setImmediate();
  for (let number = 2; number <= 100; number += 1) {
    lane.put('checkpoint', async () => void done.push(`checkpoint ${number}`));
    lane.put('best', async () => void done.push(`best ${number}`));
  }
  await setImmediate();
  expect(done).toEqual([]);
  first.release();
  await lane.settled();
  expect(done).toEqual(['checkpoint 1', 'checkpoint 100', 'best 100']);
});

test('what became due later is done later: the newest version is the one that training has come to', async () => {
  const lane = new SaveLane<string>();
  const done: number[] = [];
  for (const [index, kind] of ['checkpoint', 'best', 'checkpoint'].entries())
    lane.put(kind, async () => void done.push(index));
  await lane.settled();
  expect(done).toEqual([1, 2]);
});

test('no kind waits for ever, however often the other one becomes due', async () => {
  const lane = new SaveLane<string>();
  const done: string[] = [];
  const become = (kind: string) =>
    lane.put(kind, async () => {
      done.push(kind);
      if (done.length >= 20) return;
      for (const next of ['best', 'checkpoint']) become(next);
    });
  become('best');
  await lane.settled();
  expect(done.filter((kind) => kind === 'checkpoint').length).toBeGreaterThan(8);
});

test('what is put into an idle lane begins at once', async () => {
  const lane = new SaveLane<string>();
  await lane.settled();
  for (const expected of [1, 2]) {
    let done = 0;
    lane.put('best', async () => {
      done = expected;
    });
    await lane.settled();
    expect(done).toBe(expected);
  }
});

test('what throws takes nothing with it that waits', async () => {
  const lane = new SaveLane<string>();
  const done: string[] = [];
  lane.put('checkpoint', () => Promise.reject(new Error('EPIPE')));
  lane.put('best', async () => void done.push('best'));
  await lane.settled();
  expect(done).toEqual(['best']);
});
