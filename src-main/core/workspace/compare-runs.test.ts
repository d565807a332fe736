import { renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { SettingsThread } from '../contents/settings-thread.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { compareRuns } from './compare-runs.ts';
import type { DescribedRun } from './describe-run.ts';
import { findRuns } from './find-runs.ts';

/** Six runs: the greater the learning rate the better, by its sidecar; the batch size stands in a config. */
function makeRuns(): string {
  const root = temporaryFolder();
  for (const index of [1, 2, 3, 4, 5, 6]) {
    const run = join(root, `run_${index}`);
    put(run, 'args.json', JSON.stringify({ seed: 7, optimizer: index > 3 ? 'adam' : 'sgd' }));
    saveModel(run, 1, {
      reward: index,
      sidecar: { hyperparameters: { lr: index / 10 }, training_state: { global_step: index } },
    });
  }
  return root;
}

/** Nobody interrupts. */
const { signal } = new AbortController();

async function describedIn(root: string): Promise<DescribedRun[]> {
  const runs: DescribedRun[] = [];
  await findRuns(root, { onRun: (run) => runs.push(run) });
  return runs;
}

test('of runs it is told in what they differ that they were trained with, and how that goes with the best', async () => {
  const root = makeRuns();
  const { by, compared, numbers, words } = await compareRuns(root, await describedIn(root), signal);
  expect([by?.mode, compared]).toEqual(['max', 6]);
  expect(numbers).toEqual([
    { name: 'learning_rate', runs: 6, range: [0.1, 0.6], correlation: 1, peak: null, values: [] },
  ]);
  expect(words).toEqual([
    {
      name: 'optimizer',
      runs: 6,
      values: [
        { value: 'adam', runs: 3, mean: 5 },
        { value: 'sgd', runs: 3, mean: 2 },
      ],
    },
  ]);
});

test('what Hydra was asked for needs no file; in whose place a link came of that run nothing is read', async () => {
  const root = makeRuns();
  const runs = await describedIn(root);
  renameSync(join(root, 'run_2'), join(root, '.elsewhere'));
  symlinkSync('.elsewhere', join(root, 'run_2'));
  expect(await compareRuns(root, runs, signal)).toMatchObject({ compared: 5 });
  const asked = runs.map((run, index) => ({ ...run, overrides: [`seed=${index}`] }));
  expect(await compareRuns('/nowhere', asked, signal)).toMatchObject({
    compared: 6,
    numbers: [{ name: 'seed' }],
  });
  expect(await compareRuns(root, [], signal)).toEqual({
    by: null,
    compared: 0,
    unread: 0,
    otherwise: 0,
    numbers: [],
    words: [],
  });
});

test('a comparison that is interrupted ends with the reason, and its thread with it', async () => {
  const root = makeRuns();
  const close = vi.spyOn(SettingsThread.prototype, 'close');
  const stop = new AbortController();
  const compared = compareRuns(root, await describedIn(root), stop.signal);
  stop.abort(new Error('enough'));
  await expect(compared).rejects.toThrow('enough');
  expect(close).toHaveBeenCalledOnce();
});
