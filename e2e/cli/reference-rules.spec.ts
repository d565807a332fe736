import { execFile, spawnSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { checkout, example } from '../driver/places.ts';
import { readJson } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const python = '/usr/bin/python3';
const rules = join(checkout, 'src-main/core/from-python/fixtures/reference_manager.py');
const hasTorch = spawnSync(python, ['-c', 'import torch']).status === 0;
const run = promisify(execFile);

interface Opened {
  versions: [number, string][];
  best: string;
  latest: string;
  checkpoints: [name: string, keys: string[]][];
  weights: string[];
  problems: string[];
}

/** By rules of the reference, written in Python, and with its ranking. */
async function openInPython(folder: string, mode: 'max' | 'min'): Promise<Opened> {
  const { stdout } = await run(python, ['-B', rules, `mean_reward:${mode}=${folder}`]);
  return JSON.parse(stdout) as Opened;
}

async function configure(folder: string, mode: 'max' | 'min'): Promise<void> {
  const lines = ['max_best_models: 0', 'best_model_selection_metric: mean_reward'];
  const config = [...lines, `best_model_selection_mode: ${mode}`].map((line) => `  ${line}\n`);
  await mkdir(join(folder, '.hydra'), { recursive: true });
  await writeFile(join(folder, '.hydra/config.yaml'), `model_storage:\n${config.join('')}`);
}

/** Some of everything that the command line can say of a version, whole numbers where floats are wanted, and what is no number. */
async function saveSome(folder: string): Promise<void> {
  const models = join(await copySampleRun(), 'best_models');
  const [first = '', second = ''] = (await readdir(models)).filter((name) => name.endsWith('.pt'));
  const [one, two] = [join(models, first), join(models, second)];
  const said = ['--symbol', 'ACME', '--notes', 'größer 雪', '--tag', 'a', '--tag', 'b'];
  const state = ['--state', 'global_step=7', '--state', 'best_reward=4', '--state', 'current_lr=1'];
  for (const [weights, ...options] of [
    [one, '--reward', '1', '--metric', 'mean_reward=2', ...said, ...state],
    [two, '--reward', 'nan'],
    [one, '--reward', '-inf', '--metric', 'mean_reward=nan'],
    [two, '--kind', 'checkpoint', '--reward', '1', ...state],
    [one, '--kind', 'checkpoint', '--reward', '0', '--name', 'before_lunch.pt', ...said],
    [two, '--reward', '-0.25', '--metric', 'sharpe=1'],
  ] as [string, ...string[]][])
    await readJson(['save', folder, '--weights', weights, ...options]);
}

const isBest = ({ kind }: { kind: string }) => kind === 'best';
const nameOf = (version: { id: string } | undefined) => basename(version?.id ?? '');

test('a run that a training and the command line wrote is the same to a Python class by the rules of the reference', async () => {
  test.skip(!hasTorch, 'PyTorch is not on this machine');
  test.slow();
  const folder = join(await tempFolder('reference'), 'run');
  await configure(folder, 'max');
  await run(process.execPath, [example, folder, '--updates', '30', '--every', '10', '--json']);
  const trained = await readdir(join(folder, 'best_models'));
  expect(trained.filter((name) => name.endsWith('.pt')).length).toBeGreaterThan(2);
  const afterTraining = await openInPython(folder, 'max');
  expect(afterTraining.problems).toEqual([]);
  expect(afterTraining.checkpoints).toEqual([
    [
      'checkpoint.pt',
      ['checkpoint_version', 'metadata', 'model_state_dict', 'optimizer_state_dict', 'training_state'],
    ],
  ]);
  await saveSome(folder);
  for (const mode of ['max', 'min'] as const) {
    await configure(folder, mode);
    const opened = await openInPython(folder, mode);
    const { versions, problems } = asListing(await readJson(['ls', folder]));
    expect([opened.problems, problems]).toEqual([[], []]);
    const best = versions.filter(isBest);
    const expected = best.map((version): [number, string] => [version.version ?? 0, nameOf(version)]);
    expect(opened.versions).toEqual(expected.sort(([a], [b]) => a - b));
    expect(opened.best).toBe(nameOf(versions.find(({ is_best }) => is_best)));
    expect(opened.latest).toBe(nameOf(versions.find(({ is_latest }) => is_latest)));
    const checkpoints = versions.filter((version) => !isBest(version)).map(nameOf);
    expect(opened.checkpoints.map(([name]) => name)).toEqual(checkpoints.sort());
    expect(checkpoints).toEqual(['before_lunch.pt', 'checkpoint.pt']);
    const sidecars = checkpoints.map((name) => name.replace('.pt', '.json'));
    expect(await readdir(join(folder, 'checkpoints'))).toEqual(expect.arrayContaining(sidecars));
    expect(opened.weights.length).toBeGreaterThan(0);
  }
});
