import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing, expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

async function prepare(): Promise<{ run: string; weights: string; folder: string }> {
  const folder = await tempFolder('config');
  const sample = await copySampleRun();
  const weights = join(sample, 'best_models/model_v0011_reward0.4346_20260302_114200.pt');
  return { run: join(folder, 'run'), weights, folder };
}

test('a config by file decides where and how a version is saved, in YAML, JSON or a Hydra folder', async () => {
  const { run, weights, folder } = await prepare();
  await mkdir(join(folder, 'hydra/.hydra'), { recursive: true });
  const block = { best_models_dir: 'top', model_prefix: 'agent', save_metadata: false };
  await writeFile(join(folder, 'c.json'), JSON.stringify(block));
  await writeFile(
    join(folder, 'c.yaml'),
    'seed: 1\nstorage:\n  best_models_dir: top\n  model_prefix: agent\n',
  );
  await writeFile(join(folder, 'hydra/.hydra/config.yaml'), JSON.stringify({ model: { storage: block } }));
  for (const name of ['c.json', 'c.yaml', 'hydra']) {
    const call = ['save', run, '--weights', weights, '--reward', '1', '--config', join(folder, name)];
    expect(await readJson(call)).toMatchObject({ id: expect.stringMatching(/^top\/agent_v000\d_/) });
  }
  const sums = await readFile(join(run, 'SHA256SUMS'), 'utf8');
  expect(sums.match(/ {2}top\/agent_v/g)).toHaveLength(2);
});

test('a wrong key or value names itself and its file: refused where it was given, said where it was found', async () => {
  const { run, weights, folder } = await prepare();
  const config = join(folder, 'c.yaml');
  await writeFile(config, 'max_best_model: 3\ncompression: zip\n');
  const finished = await runCli(['save', run, '--weights', weights, '--reward', '1', '--config', config]);
  expectOneLineError(finished.stderr);
  expect([finished.code, finished.stderr]).toEqual([
    3,
    expect.stringMatching(
      /c\.yaml — max_best_model: there is no such key, max_best_models is one; compression: zip/,
    ),
  ]);
  await mkdir(join(run, '.hydra'), { recursive: true });
  await writeFile(join(run, '.hydra/config.yaml'), 'storage: {max_best_model: 3, model_prefix: m}\n');
  await mkdir(join(run, '.cairn'));
  await writeFile(join(run, '.cairn/settings.yaml'), 'trash: {max_age: soon}\n');
  const saved = await runCli(['save', run, '--weights', weights, '--reward', '1']);
  expect([saved.code, saved.stderr]).toEqual([0, expect.stringContaining('nothing was pruned, until')]);
  const { problems } = asListing(await readJson(['ls', run]));
  expect(problems.map(({ path }) => path)).toEqual(['.hydra/config.yaml', '.cairn/settings.yaml']);
});

test('atomic_saves: false writes in place and says so each time', async () => {
  const { run, weights, folder } = await prepare();
  const config = join(folder, 'c.yaml');
  await writeFile(config, 'atomic_saves: false\nmodel_prefix: m\n');
  const call = [
    'save',
    run,
    '--weights',
    weights,
    '--kind',
    'checkpoint',
    '--reward',
    '1',
    '--config',
    config,
  ];
  for (let time = 0; time < 2; time += 1) {
    const finished = await runCli(call);
    expect([finished.code, finished.stderr]).toEqual([0, expect.stringContaining('it was written in place')]);
  }
  expect((await readdir(join(run, 'checkpoints'))).sort()).toEqual([
    'checkpoint.json',
    'checkpoint.pt',
    'checkpoint.pt.backup',
  ]);
  expect(await readJson(['verify', run])).toMatchObject({ ok: true });
});

test('backups keep to the limits of the settings, never the last of a model', async () => {
  const { run, weights } = await prepare();
  await readJson(['save', run, '--weights', weights, '--reward', '1', '--name', 'a.pt']);
  await writeFile(join(run, '.cairn/settings.yaml'), 'backups: {max_size: 0}\n');
  await readJson(['backup', run, 'a.pt', '--label', 'first']);
  await readJson(['backup', run, 'a.pt', '--label', 'second']);
  const { backups } = (await readJson(['backups', run])) as { backups: { label: string }[] };
  expect(backups.map(({ label }) => label)).toEqual(['second']);
  const { entries } = (await readJson(['log', run])) as { entries: { command: string }[] };
  expect(entries.at(-1)?.command).toBe('delete backup (their limits)');
});
