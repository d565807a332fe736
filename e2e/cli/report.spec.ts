import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';

test('a report names each fault of a run with what to do, as a page and as JSON, and changes nothing', async () => {
  const run = await copySampleRun('<b>run');
  await truncate(join(run, best), 9000);
  const report = await readJson(['report', run]);
  expect(report).toMatchObject({
    format: 1,
    runs: [
      {
        folder: run,
        versions: 26,
        faults: expect.arrayContaining([expect.objectContaining({ id: best, state: 'torn' })]),
      },
    ],
  });
  const page = join(await tempFolder('report'), 'report.html');
  expect(await runCli(['report', run, '-o', page])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  const text = await readFile(page, 'utf8');
  expect(text).toContain('model_v0011');
  expect(text).not.toContain('<b>run');
  expect((await runCli(['report', run])).stdout).toContain('<!doctype html>');
});

test('a report of two runs is written where its name says, never over a file, nor of what is no run', async () => {
  const folder = await tempFolder('report');
  const file = join(folder, 'both.json');
  const runs = [await copySampleRun('ppo'), await copySampleRun('sac')];
  expect((await runCli(['report', ...runs, '-o', file])).code).toBe(0);
  expect(JSON.parse(await readFile(file, 'utf8')).runs).toMatchObject([{ name: 'ppo' }, { name: 'sac' }]);
  await writeFile(file, 'mine');
  const refused = await runCli(['report', ...runs, '-o', file]);
  expectOneLineError(refused.stderr);
  expect(refused.stderr).toContain('a file of that name is there already');
  expect(await readFile(file, 'utf8')).toBe('mine');
  const none = await runCli(['report', folder]);
  expectOneLineError(none.stderr);
  expect(none.stderr).toContain('is not a run folder');
});

test('a report into a folder that is not there is refused by its name, before anything is read', async () => {
  const folder = join(await tempFolder('report'), 'nothing-here');
  const { code, stderr } = await runCli(['report', await copySampleRun(), '-o', join(folder, 'x.html')]);
  expect(code).toBe(2);
  expect(stderr).toBe(
    `cairn: cannot write ${join(folder, 'x.html')} — the folder ${folder} is not there — make it, or name another\n`,
  );
});
