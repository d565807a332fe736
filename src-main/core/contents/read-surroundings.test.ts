import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { gatherSettings, nothingAround } from './gather-settings.ts';
import { readSurroundings } from './read-surroundings.ts';

const looksLike = {
  ...{ format: 'unknown' as const, entries: [], metadata: null, hyperparameters: null, optimizer: null },
};

test('what Lightning wrote down counts beside a checkpoint, and beside the folder that it is in', async () => {
  const folder = temporaryFolder();
  put(folder, 'version_0/hparams.yaml', 'lr: 0.001\nbetas: !!python/tuple\n- 0.9\n- 0.99\n');
  const model = put(folder, 'version_0/checkpoints/epoch=1-step=2.ckpt', '');
  const expected = { lr: 0.001, betas: [0.9, 0.99] };
  expect(await readSurroundings(model)).toEqual({ ...nothingAround, hparams: expected });
  const deeper = put(folder, 'version_0/checkpoints/deep/model.ckpt', '');
  expect((await readSurroundings(deeper)).hparams).toBeNull();
  put(folder, 'version_0/checkpoints/hparams.yaml', 'lr: 2');
  expect((await readSurroundings(model)).hparams).toEqual({ lr: 2 });
});

test('it is not read behind a link, when it is no YAML, nor when it is huge', async () => {
  const folder = temporaryFolder();
  put(folder, 'secret.yaml', 'a: 1');
  const model = put(folder, 'a/model.pt', '');
  symlinkSync('../secret.yaml', join(folder, 'a/hparams.yaml'));
  expect((await readSurroundings(model)).hparams).toBeNull();
  for (const [name, text] of [
    ['b', '{a: '],
    ['c', 'a: 1\n'.repeat(20_000)],
  ] as const) {
    put(folder, `${name}/hparams.yaml`, text);
    expect((await readSurroundings(put(folder, `${name}/model.pt`, ''))).hparams).toBeNull();
  }
});

test('what a training was started with counts beside a checkpoint, and beside the folder that it is in, but not behind a link', async () => {
  const folder = temporaryFolder();
  const model = put(folder, 'run/checkpoints/model.pt', '');
  expect((await readSurroundings(model)).args).toBeNull();
  put(folder, 'run/config.json', '{"batch_size": 64}');
  expect((await readSurroundings(model)).args).toEqual({ batch_size: 64 });
  put(folder, 'run/params.json', '{"batch_size": 128}');
  expect((await readSurroundings(model)).args).toEqual({ batch_size: 128 });
  put(folder, 'run/args.json', '{"lr": 0.5}');
  expect((await readSurroundings(model)).args).toEqual({ lr: 0.5 });
  put(folder, 'secret.json', '{"a": 1}');
  const other = put(folder, 'other/model.pt', '');
  symlinkSync('../secret.json', join(folder, 'other/args.json'));
  expect((await readSurroundings(other)).args).toBeNull();
  expect((await readSurroundings(put(folder, 'list/model.pt', ''))).args).toBeNull();
  put(folder, 'list/args.json', '[1, 2]');
  expect((await readSurroundings(join(folder, 'list/model.pt'))).args).toBeNull();
});

test('what RL Baselines3 Zoo wrote down of a run is told by file, less where it writes and runs', async () => {
  const folder = temporaryFolder();
  const pairs = (...lines: string[]) =>
    [
      '!!python/object/apply:collections.OrderedDict',
      ...lines.map((line, at) => (at === 0 ? `- - ${line}` : `  - ${line}`)),
    ].join('\n');
  put(
    folder,
    'ppo/CartPole-v1_3/CartPole-v1/config.yml',
    pairs('- clip_range\n    - lin_0.2', '- n_steps\n    - 32'),
  );
  const args = pairs(
    '- algo\n    - ppo',
    '- seed\n    - 7',
    '- log_folder\n    - logs',
    '- env_kwargs\n    - null',
  );
  put(folder, 'ppo/CartPole-v1_3/CartPole-v1/args.yml', args);
  const model = put(folder, 'ppo/CartPole-v1_3/best_model.zip', '');
  const zoo = { config: { clip_range: 'lin_0.2', n_steps: 32 }, args: { algo: 'ppo', seed: 7 } };
  expect(await readSurroundings(model)).toEqual({ ...nothingAround, zoo });
  const settings = gatherSettings(looksLike, await readSurroundings(model));
  expect(settings).toContainEqual({ source: 'zoo_config', part: '', name: 'n_steps', value: 32 });
  expect(settings).toContainEqual({ source: 'zoo_args', part: '', name: 'seed', value: 7 });
  expect((await readSurroundings(put(folder, 'ppo/CartPole-v1_x/best_model.zip', ''))).zoo).toEqual(
    nothingAround.zoo,
  );
});

test('a folder whose name leads out of it is no run of RL Baselines3 Zoo, one with its uuid is', async () => {
  const folder = temporaryFolder();
  put(folder, 'ppo/config.yml', 'secret: 1');
  for (const name of ['.._3', '._3']) {
    put(folder, `ppo/${name}/config.yml`, 'secret: 1');
    expect((await readSurroundings(put(folder, `ppo/${name}/model.zip`, ''))).zoo).toEqual(nothingAround.zoo);
  }
  const run = 'ppo/CartPole-v1_3_0b6a2a4e-7a07-4c31-9b1c-5d4f3e2a1b0c';
  put(folder, `${run}/CartPole-v1/config.yml`, 'n_steps: 32');
  const { zoo } = await readSurroundings(put(folder, `${run}/best_model.zip`, ''));
  expect(zoo.config).toEqual({ n_steps: 32 });
});

describe('what MLflow keeps of a run', () => {
  const params = { lr: '0.001', batch_size: '64', 'opt/name': 'adam', amsgrad: 'True', clip: 'None' };
  const told = { lr: 0.001, batch_size: 64, 'opt/name': 'adam', amsgrad: true };
  const log = (store: string) => {
    for (const [name, value] of Object.entries(params)) put(store, `params/${name}`, value);
  };

  test('counts for its artifacts, those on a server too', async () => {
    const folder = temporaryFolder();
    log(join(folder, 'mlruns/1/ab12'));
    for (const place of [
      'mlruns/1/ab12/artifacts/model/data/model.pth',
      'mlartifacts/1/ab12/artifacts/model.pkl',
    ]) {
      expect(await readSurroundings(put(folder, place, ''))).toEqual({ ...nothingAround, mlflow: told });
    }
    expect((await readSurroundings(put(folder, 'mlruns/1/cd34/artifacts/model.pth', ''))).mlflow).toBeNull();
  });

  test('counts beside it while it is the only run, and no link is followed', async () => {
    const folder = temporaryFolder();
    const model = put(folder, 'run/checkpoints/model.pt', '');
    log(join(folder, 'run/mlruns/0/ab12'));
    symlinkSync('lr', join(folder, 'run/mlruns/0/ab12/params/linked'));
    expect((await readSurroundings(model)).mlflow).toEqual(told);
    const settings = gatherSettings(looksLike, await readSurroundings(model));
    expect(settings).toContainEqual({ source: 'mlflow', part: '', name: 'lr', value: 0.001 });
    log(join(folder, 'run/mlruns/0/cd34'));
    expect((await readSurroundings(model)).mlflow).toBeNull();
  });

  test('says nothing of runs beside each other: which one it is of is not known', async () => {
    const folder = temporaryFolder();
    const model = put(folder, 'project/run_a/model.pt', '');
    log(join(folder, 'project/mlruns/0/ab12'));
    put(folder, 'project/notes/plan.txt', '');
    expect((await readSurroundings(model)).mlflow).toEqual(told);
    put(folder, 'project/run_b/checkpoints/model.pt', '');
    expect((await readSurroundings(model)).mlflow).toBeNull();
    expect((await readSurroundings(put(folder, 'project/model.pt', ''))).mlflow).toEqual(told);
  });
});
