import { expect, test } from 'vitest';
import {
  type ComparableRun,
  mostComparedAtOnce,
  readColumns,
  runsToRead,
  settingsOfRuns,
} from './settings-of-runs.ts';

const reward = { name: 'reward', mode: 'max' as const };
const runOf = (handle: number, known: Partial<ComparableRun>): ComparableRun => ({
  ...{ handle, overrides: [], metric: reward, bestValue: null },
  ...known,
});

test('runs are compared by what Hydra was asked for and the best of each; those by another metric, or without either, are left out', () => {
  const runs = [1, 2, 3, 4, 5].map((index) =>
    runOf(index, { overrides: [`+algo.lr=0.${index}`, 'seed=1', '~hooks'], bestValue: index }),
  );
  const others = [
    runOf(6, { overrides: ['algo.lr=9'], bestValue: null }),
    runOf(7, { overrides: [], bestValue: 9 }),
    runOf(8, { overrides: ['algo.lr=9'], bestValue: 0, metric: { name: 'loss', mode: 'min' } }),
  ];
  expect(settingsOfRuns([...others, ...runs])).toEqual({
    by: { name: 'reward', mode: 'max' },
    compared: 5,
    otherwise: 1,
    unread: 0,
    numbers: [{ name: 'algo.lr', runs: 5, range: [0.1, 0.5], correlation: 1, values: [], peak: null }],
    words: [],
  });
  expect(settingsOfRuns([])).toEqual({
    by: null,
    compared: 0,
    otherwise: 0,
    unread: 0,
    numbers: [],
    words: [],
  });
});

test('runs that Hydra knows nothing of are compared by what they were trained with; what Hydra was asked for goes before that', () => {
  const handles = [1, 2, 3, 4, 5];
  const runs = handles.map((index) => runOf(index, { overrides: [], bestValue: index }));
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

test('of the runs that Hydra says nothing of those are read that have a best', () => {
  const runs = [
    runOf(1, { bestValue: 1 }),
    runOf(2, { bestValue: null }),
    runOf(3, { bestValue: 3, overrides: ['lr=1'] }),
  ];
  expect(runsToRead(runs).map(({ handle }) => handle)).toEqual([1]);
});

test('of more runs than are compared at once it is told how many are not read', () => {
  const many = Array.from({ length: mostComparedAtOnce + 3 }, (_, handle) => runOf(handle, { bestValue: 1 }));
  const others = [runOf(-1, { bestValue: null }), runOf(-2, { bestValue: 1, overrides: ['lr=1'] })];
  const runs = [...others, ...many];
  expect([runsToRead(runs).length, settingsOfRuns(runs).unread]).toEqual([mostComparedAtOnce, 3]);
});

test('of words those come first that go with the best by the metric, also where less is better', () => {
  const loss = { name: 'loss', mode: 'min' as const };
  const runs = [1, 2].map((value) =>
    runOf(value, { overrides: [`net=net${value}`, `other=a${value}`], metric: loss, bestValue: value }),
  );
  expect(settingsOfRuns(runs).words[0]?.values.map(({ value }) => value)).toEqual(['net1', 'net2']);
});

test('the reward has two names and is one metric; what is left out by another is counted', () => {
  const names = ['reward', 'mean_reward', 'mean_reward', 'loss', 'reward', 'mean_reward'];
  const runs = names.map((name, index) =>
    runOf(index, { overrides: [`lr=0.${index}`], bestValue: index, metric: { name, mode: 'max' } }),
  );
  const { by, compared, otherwise } = settingsOfRuns(runs);
  expect([by?.name, compared, otherwise]).toEqual(['mean_reward', 5, 1]);
});
