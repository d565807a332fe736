import { expect, test } from 'vitest';
import type { RunSummary } from '../../shared/model/run.ts';
import { noChoices } from '../../shared/model/run-choices.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { areOfSeveral, TableRuns } from './table-runs.ts';
import { whyNotWritten } from './within-run-words.ts';

const metric = { name: 'reward', mode: 'max', source: 'config' } as const;
const run = (runId: string, folder: string, readOnly = false) =>
  ({ runId, folder, name: folder.split('/').at(-1), readOnly, metric, choices: noChoices }) as RunSummary;
const open = [run('1', '/a/ppo'), run('2', '/b/ppo'), run('3', '/b/sac', true)];
const rowOf = (runId: string) => aRow(Number(runId), { runId });

test('runs of a table are told from all that are open, also from those that it does not show', () => {
  const runs = new TableRuns(open.slice(0, 1), open);
  expect(runs.nameOf(rowOf('1'))).toBe('a/ppo');
  expect([runs.of(rowOf('1'))?.folder, runs.of(rowOf('2')), runs.metricOf(rowOf('2'))]).toEqual([
    '/a/ppo',
    undefined,
    null,
  ]);
  const more = new TableRuns(open, open);
  expect([runs.areSeveral, more.areSeveral, runs.key === more.key]).toEqual([false, true, false]);
});

test('runs are named once for all that ask it of the same runs', () => {
  const all = [...open];
  expect(new TableRuns(all.slice(0, 1), all).names).toBe(new TableRuns(all, all).names);
  expect(new TableRuns(all, all).names).not.toBe(new TableRuns(all, open).names);
});

test('versions of runs that must not be written to are named as the reason, others are not held up', () => {
  const runs = new TableRuns(open, open);
  expect(whyNotWritten(runs, [rowOf('1'), rowOf('2')])).toBeNull();
  expect(whyNotWritten(runs, [rowOf('1'), rowOf('3')])).toContain(
    'Some of these are in a run that is read-only',
  );
  expect(whyNotWritten(runs, [rowOf('3')])).toContain('This run is read-only');
});

test('versions of one run are of one, whatever else is open', () => {
  expect([areOfSeveral([]), areOfSeveral([rowOf('1'), rowOf('1')]), areOfSeveral(open)]).toEqual([
    false,
    false,
    true,
  ]);
});
