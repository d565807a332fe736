import { truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { copyStableBaselinesRun } from '../fixtures/copy-runs.ts';
import { copyLoggedRun, eventFile, tensorboardValue } from '../fixtures/logged-run.ts';

const idAt = (step: number) => `rl_model_${step}_steps.zip`;

test('ls, best and show go by what training logged, and show tells the file of each value', async () => {
  const run = await copyLoggedRun();
  const { versions, problems } = asListing(await readJson(['ls', run]));
  expect(problems).toEqual([]);
  const loss = await tensorboardValue('train/loss', 8192);
  expect(versions.find(({ id }) => id === idAt(10_000))).toMatchObject({
    reward: 2,
    metrics: { 'rollout/ep_rew_mean': 2, 'train/entropy': -0.5, 'train/loss': loss },
  });
  expect((await runCli(['best', run])).stdout).toBe(`${join(run, idAt(40_000))}\n`);
  const source = { axis: 'step', at: 8192, behind: 1808, episodes: null, deviation: null, interval: null };
  const shown = await readJson(['show', run, idAt(10_000)]);
  expect(shown).toMatchObject({
    metric_sources: expect.arrayContaining([
      { metric: 'reward', file: 'progress.csv', ...source },
      { metric: 'train/loss', file: eventFile, ...source },
    ]),
  });
  const { stdout } = await runCli(['show', run, idAt(10_000)]);
  expect(stdout).toContain('2, from progress.csv, step 8,192 (1,808 before this version)');
  expect(stdout).toMatch(/train\/entropy +-0\.5000 +progress\.csv, step 8,192 \(1,808 before this version\)/);
});

test('evaluations tell how sure their mean is', async () => {
  const run = await copyStableBaselinesRun();
  const { stderr } = await runCli(['best', run]);
  expect(stderr).toMatch(/^95% interval [\d.]+ to [\d.]+$/m);
  const shown = await readJson(['best', run, '--json']);
  expect(shown).toMatchObject({
    metric_sources: expect.arrayContaining([
      expect.objectContaining({ metric: 'reward', file: 'evaluations.npz', behind: 0, episodes: 10 }),
    ]),
    selection: { interval: { basis: '10 episodes on record' } },
  });
});

test('an event file that was cut off keeps what came before, and it is said in one line', async () => {
  const run = await copyLoggedRun();
  await truncate(join(run, eventFile), 20_000);
  await utimes(join(run, eventFile), 1000, 1000);
  const { versions, problems } = asListing(await readJson(['ls', run]));
  expect(problems).toEqual([
    {
      path: eventFile,
      problem: expect.stringMatching(/^its last record, from byte [\d,]+ on, is not whole/),
    },
  ]);
  expect(versions.find(({ id }) => id === idAt(10_000))).toMatchObject({
    metrics: { 'train/loss': await tensorboardValue('train/loss', 8192) },
  });
});
