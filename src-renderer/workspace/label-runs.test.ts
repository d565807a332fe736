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
  expect(labels(['algo=ppo'], ['algo=ppo'])).toEqual(['algo=ppo', 'algo=ppo']);
  expect(labels(['algo=ppo'], ['algo=ppo', 'lr=1'])).toEqual(['algo=ppo', 'lr=1']);
});

test('what cannot be seen in an override is shown', () => {
  expect(labels(['a=\u202eb'])[0]).not.toContain('\u202e');
});

test('a run that is found again, and is as it was, stays the same object', () => {
  const runs = [workspaceRun(1), workspaceRun(2)];
  const before = labelRuns(runs);
  const after = labelRuns([workspaceRun(1), workspaceRun(2, { versions: 9 })], before);
  expect(after.get(1)).toBe(before.get(1));
  expect(after.get(2)).not.toBe(before.get(2));
});
