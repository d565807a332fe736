import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ConfigSince } from './config-since.ts';

const name = '.hydra/config.yaml';
const problemsOf = (since: ConfigSince) => since.changes().map(({ problem }) => problem);

test('a key that changed since the run was opened is said with both values, and no longer once it is as it was', () => {
  const run = temporaryFolder();
  const mode = (value: string) =>
    put(run, name, `model_storage:\n  best_model_selection_mode: ${value}\n  max_best_models: 3\n`);
  mode('max');
  const since = new ConfigSince(run);
  expect(since.changes()).toEqual([]);
  mode('min');
  expect(since.changes()).toEqual([
    {
      path: name,
      problem:
        'best_model_selection_mode: it was "max" when the run was opened and is "min" now: close the run and open it again to go by that',
    },
  ]);
  expect(since.opened.config.best_model_selection_mode).toBe('max');
  mode('max');
  expect(since.changes()).toEqual([]);
});

test('a config that appears, breaks or goes is noticed; what changes beside it is not', () => {
  const run = temporaryFolder();
  const since = new ConfigSince(run);
  expect(since.changes()).toEqual([]);
  put(run, name, 'model_storage:\n  max_best_models: 3\n');
  expect(problemsOf(since)).toEqual([expect.stringMatching(/^max_best_models: it was 5 .* is 3 now/)]);
  put(run, name, 'learning_rate: 1\n');
  expect(problemsOf(since)).toEqual([]);
  rmSync(join(run, '.hydra'), { recursive: true });
  expect(problemsOf(since)).toEqual([]);
});

test('a value that cannot be used counts as the default', () => {
  const run = temporaryFolder();
  put(run, name, 'model_storage:\n  max_best_models: 3\n  save_metadata: true\n');
  const since = new ConfigSince(run);
  put(run, name, 'model_storage:\n  max_best_models: many\n  save_metadata: true\n');
  expect(problemsOf(since)).toEqual([expect.stringMatching(/^max_best_models: it was 3 .* is 5 now/)]);
});

test('of a run that has another name by now no key is said to have changed', () => {
  const run = join(temporaryFolder(), 'run');
  put(run, name, 'model_storage:\n  max_best_models: 3\n');
  const since = new ConfigSince(run);
  renameSync(run, `${run}2`);
  expect(since.changes()).toEqual([]);
});
