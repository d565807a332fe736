import { expect, test } from 'vitest';
import { labelRuns } from './label-runs.ts';
import { workspaceRun } from './workspace-run.fixture.ts';

const labels = (...overrides: string[][]) =>
  [...labelRuns(overrides.map((asked, index) => workspaceRun(index, { overrides: asked }))).values()].map(
    ({ label }) => label,
  );

test('a run is called by what Hydra was asked for, without what all were asked for, else by its path', () => {
  expect(labels(['algo=ppo', 'lr=0.1', 'seed=1'], ['algo=ppo', 'lr=0.01', 'seed=1'], [])).toEqual([
    'lr=0.1',
    'lr=0.01',
    'run_2',
  ]);
  expect(labels(['algo=ppo', 'lr=0.1'], [])).toEqual(['algo=ppo, lr=0.1', 'run_1']);
  expect(labels(['', 'b'], [])).toEqual([', b', 'run_1']);
  expect(labels(['algo=ppo'], ['algo=ppo', 'lr=1'])).toEqual(['algo=ppo', 'lr=1']);
});

test('runs that were asked for the same are called by where they are, and what they were asked for stands beside', () => {
  const asked = [['algo=ppo', 'lr=1'], ['algo=ppo', 'lr=1'], ['algo=ppo', 'lr=2'], []];
  const runs = labelRuns(asked.map((overrides, index) => workspaceRun(index, { overrides })));
  expect([...runs.values()].map(({ label, aside }) => [label, aside])).toEqual([
    ['run_0', 'lr=1'],
    ['run_1', 'lr=1'],
    ['lr=2', 'run_2'],
    ['run_3', null],
  ]);
});

test('what has one value wherever it was asked for comes last', () => {
  expect(labels(['algo=ppo', 'lr=1', 'seed=1'], ['algo=ppo', 'lr=2', 'seed=1'], ['seed=1', 'b=1'])).toEqual([
    'lr=1, algo=ppo',
    'lr=2, algo=ppo',
    'b=1',
  ]);
});

test('the folder that was searched may be a run itself', () => {
  expect(labelRuns([workspaceRun(1, { path: '.' })]).get(1)?.label).toBe('This folder itself');
});

test('of a key the last part is told, where that is the last part of no other', () => {
  expect(labels(['algo.ppo.lr=0.1', 'env.seed=1'], ['algo.ppo.lr=0.2', 'env.seed=2'])).toEqual([
    'lr=0.1, seed=1',
    'lr=0.2, seed=2',
  ]);
  expect(labels(['algo.lr=0.1'], ['critic.lr=0.2'])).toEqual(['algo.lr=0.1', 'critic.lr=0.2']);
  expect(labels(['+a.b=x.y', '~a.c'], ['db=mysql.local'])).toEqual(['+a.b=x.y, ~a.c', 'db=mysql.local']);
  expect(labels(['a.=1', '=', ''], ['b'])).toEqual(['=, , a.=1', 'b']);
});

test('what cannot be seen in an override is shown', () => {
  expect(labels(['a=\u202eb'])[0]).not.toContain('\u202e');
});

test('a run of which nothing was told since stays the same object', () => {
  const [one, other] = [workspaceRun(1), workspaceRun(2)];
  const before = labelRuns([one, other]);
  const after = labelRuns([one, workspaceRun(2, { versions: 9 })], before);
  expect(after.get(1)).toBe(before.get(1));
  expect(after.get(2)).not.toBe(before.get(2));
});
