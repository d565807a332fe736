import { expect, test } from 'vitest';
import type { FrameworkName } from '../../formats/contents.ts';
import { recogniseRun } from './recognise-run.ts';

const runOf = (id: string, framework: FrameworkName) => ({
  root: '/runs/mine',
  versions: () => [{ id, metrics: { names: [] } }],
  toldWriters: () => [{ step: 1, by: { framework, version: null, best: null } }],
});

test('what only files tell the writer of is of the framework itself, and of none that lays such files out in its own way', () => {
  expect(recogniseRun(runOf('final.zip', 'stable-baselines3'))).toMatchObject({
    layout: 'stable-baselines3',
    sureness: 'sure',
    why: 'stable-baselines3: its files say so',
  });
});
