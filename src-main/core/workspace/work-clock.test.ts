import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { findRuns } from './find-runs.ts';
import { walkFolders } from './walk-folders.ts';
import { WorkClock } from './work-clock.ts';

const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

test('what is done at once counts once, and a wait only where something else is being done', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const clock = new WorkClock();
  const one = clock.work(async () => {
    await after(100);
    await clock.wait(after(200));
    await after(30);
  });
  const other = clock.work(() => after(150));
  await vi.advanceTimersByTimeAsync(120);
  expect(clock.workedMs).toBe(120);
  await vi.advanceTimersByTimeAsync(1000);
  await Promise.all([one, other]);
  expect(clock.workedMs).toBe(180);
});

test('what others take for a search counts, though its own thread does nothing meanwhile', async () => {
  const clock = new WorkClock();
  const look = async () => {
    await sleep(50);
    return [];
  };
  await walkFolders(temporaryFolder(), look, { clock });
  expect(clock.workedMs).toBeGreaterThan(45);
});

test('a search does not count how long it waits for files that were touched a moment ago', async () => {
  const root = temporaryFolder();
  saveModel(root, 1, { reward: 0.5 });
  const clock = new WorkClock();
  const began = performance.now();
  await findRuns(root, { clock });
  expect(clock.workedMs).toBeGreaterThan(0);
  expect(performance.now() - began - clock.workedMs).toBeGreaterThan(190);
});
