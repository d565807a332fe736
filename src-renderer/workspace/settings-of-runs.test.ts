import { expect, test } from 'vitest';
import { settingsOfRuns } from './settings-of-runs.ts';
import { workspaceRun } from './workspace-run.fixture.ts';

test('runs are compared by what Hydra was asked for and the best of each; those by another metric, or without either, are left out', () => {
  const runs = [1, 2, 3, 4, 5].map((index) =>
    workspaceRun(index, { overrides: [`+algo.lr=0.${index}`, 'seed=1', '~hooks'], bestValue: index }),
  );
  const others = [
    workspaceRun(6, { overrides: ['algo.lr=9'], bestValue: null }),
    workspaceRun(7, { overrides: [], bestValue: 9 }),
    workspaceRun(8, { overrides: ['algo.lr=9'], bestValue: 0, metric: { name: 'loss', mode: 'min' } }),
  ];
  expect(settingsOfRuns([...others, ...runs])).toEqual({
    by: { name: 'reward', mode: 'max' },
    compared: 5,
    numbers: [{ name: 'algo.lr', runs: 5, range: [0.1, 0.5], correlation: 1 }],
    words: [],
  });
  expect(settingsOfRuns([])).toEqual({ by: null, compared: 0, numbers: [], words: [] });
});
