import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { nothingAround } from './gather-settings.ts';
import { readSurroundings } from './read-surroundings.ts';

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
