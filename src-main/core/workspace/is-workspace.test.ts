import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { isWorkspace } from './is-workspace.ts';

test('a folder that holds folders, and nothing that a training wrote, is a workspace', () => {
  const root = temporaryFolder();
  saveModel(join(root, 'outputs/2026-03-01/10-00-00'), 1);
  put(root, 'outputs/multirun.yaml', 'a: 1');
  put(root, 'outputs/results.json', '{"best": 1}');
  expect(isWorkspace(join(root, 'outputs'))).toBe(true);
  expect(isWorkspace(root)).toBe(true);
  saveModel(join(root, 'counted/checkpoint-1'), 1);
  expect(isWorkspace(join(root, 'counted'))).toBe(true);
});

test('a run is no workspace, however little there is in it yet, nor is a folder without folders', () => {
  const root = temporaryFolder();
  saveModel(join(root, 'run'), 1);
  put(root, 'loose/a.pt', '');
  put(root, 'loose/run/b.pt', '');
  put(root, 'lone/model_v0001_reward0.5000.json', '{"version": 1}');
  mkdirSync(join(root, 'lone/logs'));
  mkdirSync(join(root, 'begun/checkpoints'), { recursive: true });
  put(root, 'hydra/.hydra/config.yaml', 'seed: 7');
  mkdirSync(join(root, 'hydra/logs'));
  put(root, 'notes/.git/config', '');
  put(root, 'folders/checkpoint-500/model.safetensors', '');
  mkdirSync(join(root, 'empty'));
  for (const name of ['run', 'folders', 'loose', 'lone', 'begun', 'hydra', 'notes', 'empty', 'nowhere'])
    expect([name, isWorkspace(join(root, name))]).toEqual([name, false]);
});

test('a training with its models one folder down is no workspace; a project that has a folder of runs beside a table is one', () => {
  const root = temporaryFolder();
  put(root, 'train/args.yaml', 'task: detect');
  put(root, 'train/weights/best.pt', '');
  expect(isWorkspace(join(root, 'train'))).toBe(false);
  put(root, 'mlruns/0/ab12/meta.yaml', '');
  put(root, 'mlruns/0/ab12/artifacts/checkpoints/a.pt', '');
  expect(['mlruns', 'mlruns/0/ab12'].map((name) => isWorkspace(join(root, name)))).toEqual([true, false]);
  put(root, 'project/results.csv', 'name,score');
  put(root, 'project/models/first/model.pt', '');
  put(root, 'project/weights.txt', '');
  expect(isWorkspace(join(root, 'project'))).toBe(true);
});
