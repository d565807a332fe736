import { expect, test } from 'vitest';
import type { FrameworkName } from '../../formats/contents.ts';
import { recogniseRun } from './recognise-run.ts';

const runOf = (id: string, framework: FrameworkName) => ({
  root: '/runs/mine',
  versions: () => [{ id, metrics: { names: [] } }],
  toldWriters: () => [{ step: 1, by: { framework, version: null, best: null } }],
});

test('all that the files of the latest step keep as a best are told, where these are several and there', () => {
  const ids = ['checkpoints/x.ckpt', 'checkpoints/y.ckpt', 'checkpoints/z.ckpt'];
  const by = (best: string, bests: string[]) => ({
    framework: 'lightning' as const,
    version: null,
    best,
    bests,
  });
  const run = {
    root: '/runs/mine',
    versions: () => ids.map((id) => ({ id, metrics: { names: [] } })),
    toldWriters: () => [
      { step: 1, by: by('z.ckpt', ['z.ckpt', 'w.ckpt']) },
      { step: 2, by: by('x.ckpt', ['x.ckpt', 'gone.ckpt']) },
      { step: 2, by: by('x.ckpt', ['x.ckpt', 'y.ckpt']) },
    ],
  };
  expect(recogniseRun(run)).toMatchObject({ best: 'checkpoints/x.ckpt', bests: ids.slice(0, 2) });
});

test('what only files tell the writer of is of the framework itself, and of none that lays such files out in its own way', () => {
  expect(recogniseRun(runOf('final.zip', 'stable-baselines3'))).toMatchObject({
    layout: 'stable-baselines3',
    sureness: 'sure',
    why: 'stable-baselines3: its files say so',
  });
});

test('what other frameworks keep in the same folder is told beside the one it is taken for', () => {
  const ids = [
    'rl_model_1000_steps.zip',
    'rl_model_2000_steps.zip',
    'best_model.zip',
    'checkpoint-500/model.safetensors',
  ];
  const runOfSome = (count: number) => ({
    root: '/runs/mine',
    versions: () => ids.slice(0, count).map((id) => ({ id, metrics: { names: [] } })),
    toldWriters: () => [],
  });
  expect(recogniseRun(runOfSome(4))).toMatchObject({
    layout: 'stable-baselines3',
    others: [{ name: 'Hugging Face', keeps: ['checkpoint-500/model.safetensors'] }],
  });
  expect(recogniseRun(runOfSome(3))).not.toHaveProperty('others');
});
