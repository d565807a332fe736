import { expect, test } from 'vitest';
import { readColumns, settingsOfRuns } from './settings-of-runs.ts';
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

test('runs that Hydra knows nothing of are compared by what they were trained with; what Hydra was asked for goes before that', () => {
  const handles = [1, 2, 3, 4, 5];
  const runs = handles.map((index) => workspaceRun(index, { overrides: [], bestValue: index }));
  const columns = [
    { codes: Uint16Array.of(1, 1, 1, 1, 1), numbers: Float64Array.of(0.5, 0.4, 0.3, 0.2, 0.1), words: [] },
    { codes: Uint16Array.of(2, 3, 2, 3, 0), numbers: new Float64Array(5), words: ['adam', 'sgd'] },
  ];
  const read = readColumns(handles, { names: ['lr', 'optimizer'], columns });
  expect(settingsOfRuns(runs, read)).toMatchObject({
    compared: 5,
    numbers: [{ name: 'lr', runs: 5, range: [0.1, 0.5], correlation: -1 }],
    words: [{ name: 'optimizer', runs: 4, values: [{ value: 'sgd' }, { value: 'adam' }] }],
  });
  const asked = runs.map((run) => ({ ...run, overrides: ['lr=7'] }));
  expect(settingsOfRuns(asked, read).numbers).toEqual([]);
  expect(settingsOfRuns(runs).compared).toBe(0);
});
