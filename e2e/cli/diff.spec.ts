import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const first = 'best_models/model_v0002_reward0.3404_20260302_095400.pt';
const later = 'best_models/model_v0016_reward0.4308_20260302_124200.pt';
const torn = 'checkpoints/checkpoint_step_000516096.pt';

test('diff tells which weights moved between two versions, how far, and what else changed', async () => {
  const run = await copySampleRun();
  const [a, b] = [join(run, first), join(run, later)];
  const document = await readJson(['diff', a, b]);
  expect(document).toMatchObject({
    a,
    b,
    tensors: { added: [], removed: [], not_compared: [] },
    problems: [],
  });
  expect(JSON.stringify(document)).toContain('"fraction_changed":1');
  const { stdout, code } = await runCli(['diff', a, b]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/tensors: \d+ changed, \d+ identical, 0 added, 0 removed/);
});

test('a file does not differ from itself', async () => {
  const path = join(await copySampleRun(), first);
  expect(await readJson(['diff', path, path])).toMatchObject({
    tensors: { added: [], removed: [], changed: [] },
    training_state: [],
    metadata: [],
    metrics: [],
  });
});

test('a torn file is compared as far as it goes, with exit code 1', async () => {
  const run = await copySampleRun();
  const document = await readJson(['diff', join(run, torn), join(run, torn)], 1);
  expect(document).toMatchObject({ problems: expect.arrayContaining([expect.stringMatching(/^a: /)]) });
});

test('a file that is not there is one line', async () => {
  const path = join(await copySampleRun(), first);
  const { stderr, code } = await runCli(['diff', path, `${path}.no`]);
  expect(code).toBe(2);
  expectOneLineError(stderr);
});
