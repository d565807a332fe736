import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import type { DescribedRun } from './describe-run.ts';
import { searchInThread } from './search-in-thread.ts';

// On a busy machine a thread may take seconds to start.
vi.setConfig({ testTimeout: 30_000 });

const never = new AbortController().signal;

test('a thread finds the runs below a folder, and tells of each what a list of runs shows', async () => {
  const root = temporaryFolder();
  put(root, 'multirun/0/.hydra/overrides.yaml', '- lr=0.1\n- seed=3\n');
  saveModel(join(root, 'multirun/0'), 1, { reward: 0.9 });
  const latest = saveModel(join(root, 'multirun/0'), 2, { reward: 0.5 });
  saveModel(join(root, 'plain'), 7, { reward: 0.25 });
  const found: DescribedRun[] = [];
  let searched = 0;
  mkdirSync(join(root, 'begun/deeper'), { recursive: true });
  const { problems, runless, runlessCount, workedMs } = await searchInThread(root, never, (runs, folders) => {
    found.push(...runs);
    searched = folders;
  });
  expect(problems).toEqual([]);
  expect([runless, runlessCount]).toEqual([['begun', 'begun/deeper'], 2]);
  expect(workedMs).toBeGreaterThan(0);
  expect(searched).toBe(6);
  expect(found.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toMatchObject([
    {
      path: 'multirun/0',
      overrides: ['lr=0.1', 'seed=3'],
      metric: { mode: 'max' },
      bestValue: 0.9,
      latest,
      latestVersion: 2,
      latestAt: expect.any(String),
      isWriting: false,
    },
    { path: 'plain', overrides: [], bestValue: 0.25, latestVersion: 7 },
  ]);
});

test('of many folders without a run the nearest are told, and how many there are', async () => {
  const root = temporaryFolder();
  for (let index = 0; index < 600; index += 1) mkdirSync(join(root, `many/${index}`), { recursive: true });
  const { runless, runlessCount } = await searchInThread(root, never, () => undefined);
  expect([runless.length, runless[0], runlessCount]).toEqual([500, 'many', 601]);
});

test('a search in a thread that is called off ends at once, with the reason', async () => {
  const root = temporaryFolder();
  for (let index = 0; index < 40; index += 1) saveModel(join(root, `run_${index}`), 1);
  const [stop, reason] = [new AbortController(), new Error('enough')];
  let told = 0;
  const searching = searchInThread(root, stop.signal, () => {
    told += 1;
    stop.abort(reason);
  });
  await expect(searching).rejects.toBe(reason);
  expect(told).toBe(1);
  await expect(searchInThread(root, stop.signal, () => undefined)).rejects.toBe(reason);
});

test('a folder that is gone is told in one line', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'there'));
  await expect(searchInThread(join(root, 'gone'), never, () => undefined)).rejects.toThrow(
    /^cannot open .*gone/,
  );
});
