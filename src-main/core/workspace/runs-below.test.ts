import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { RunReader } from '../run-reader.ts';
import { runsBelow } from './runs-below.ts';

async function below(root: string): Promise<string[]> {
  const run = new RunReader(root);
  await run.look();
  return runsBelow(run);
}

test('runs in folders below a run are told, each once, and no part of it is one', async () => {
  const root = temporaryFolder();
  saveModel(root, 1);
  put(root, 'checkpoints/a.pt', 'x');
  put(root, 'checkpoint-500/model.safetensors', 'x');
  put(root, 'plots/loss.png', 'x');
  expect(await below(root)).toEqual([]);
  put(root, 'lightning_logs/version_0/checkpoints/epoch=1-step=20.ckpt', 'x');
  put(root, 'outputs/seed_1/weights.pt', 'x');
  put(root, 'outputs/seed_1/old/weights.pt', 'x');
  expect(await below(root)).toEqual(['lightning_logs/version_0', 'outputs/seed_1']);
  expect(await below(join(root, 'outputs/seed_1/old'))).toEqual([]);
});

test('no link is followed to a run, and no more folders are looked into than a list has time for', async () => {
  const [root, elsewhere] = [temporaryFolder(), temporaryFolder()];
  saveModel(elsewhere, 1);
  saveModel(root, 1);
  symlinkSync(elsewhere, join(root, 'link'));
  put(root, 'a/b/c/d/weights.pt', 'x');
  put(root, 'a/b/c/d/e/f/weights.pt', 'x');
  expect(await below(root)).toEqual(['a/b/c/d']);
  for (let index = 0; index < 250; index += 1) mkdirSync(join(root, `0/${index}`), { recursive: true });
  expect(await below(root)).toEqual([]);
});
