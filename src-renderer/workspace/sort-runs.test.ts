import { expect, test } from 'vitest';
import { labelRuns } from './label-runs.ts';
import { runColumns } from './run-columns.ts';
import { sortRuns } from './sort-runs.ts';
import { workspaceRun } from './workspace-run.fixture.ts';

const runs = [
  workspaceRun(10, { bestValue: null, latestVersion: null, latestAt: null }),
  workspaceRun(9, { bestValue: 0.9, versions: 7, bytes: 10, latestAt: '2026-03-02T10:00:00' }),
  workspaceRun(2, { bestValue: -1, problems: 2, overrides: ['lr=0.1'] }),
  workspaceRun(3, { isWriting: true, latestVersion: 20, latestAt: '20260228_100000' }),
];
const order = (column: string, desc: boolean) =>
  sortRuns(labelRuns(runs).values(), { column, desc }).map(({ handle }) => handle);

test.each([
  ['run', [2, 3, 9, 10], [10, 9, 3, 2]],
  ['best', [2, 3, 9, 10], [9, 3, 2, 10]],
  ['latest', [2, 9, 3, 10], [3, 2, 9, 10]],
  ['versions', [2, 3, 10, 9], [9, 2, 3, 10]],
  ['size', [9, 2, 3, 10], [2, 3, 10, 9]],
  ['state', [9, 10, 2, 3], [3, 2, 9, 10]],
  ['time', [3, 2, 9, 10], [9, 2, 3, 10]],
])('runs by %s, either way; what has no value comes last, and equals by path', (column, up, down) => {
  expect([order(column, false), order(column, true)]).toEqual([up, down]);
});

test('every column can be sorted by', () => {
  expect(runColumns.map(({ id }) => id)).toEqual([
    'run',
    'best',
    'latest',
    'versions',
    'size',
    'writtenBy',
    'state',
    'time',
  ]);
});
