import { expect, test } from 'vitest';
import type { RunSummary } from '../../shared/model/run.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { backupCalls } from './backup-calls.ts';

const run = { folder: '/runs/ppo' } as RunSummary;
const disk = { place: 'p', shown: '/disk' };
const rows = (count: number) => Array.from({ length: count }, (_, index) => aRow(index + 1));

test('a backup is told for the command line, a call for each run', () => {
  const other = { folder: '/runs/sac' } as RunSummary;
  const calls = backupCalls(
    [
      { run, rows: rows(2) },
      { run: other, rows: [] },
    ],
    disk,
    'before',
  );
  expect(calls.map(({ words }) => words)).toEqual([
    ['/runs/ppo', ...rows(2).map(({ id }) => id)],
    ['/runs/sac'],
  ]);
  expect(calls[0]?.options).toEqual([
    ['--to', '/disk'],
    ['--label', 'before'],
  ]);
});

test('of more versions than a terminal takes no line is told, in one run or in all', () => {
  expect(backupCalls([{ run, rows: rows(500) }], null, null)).toHaveLength(1);
  expect(backupCalls([{ run, rows: rows(501) }], null, null)).toEqual([]);
  const two = [
    { run, rows: rows(300) },
    { run, rows: rows(300) },
  ];
  expect(backupCalls(two, null, null)).toEqual([]);
});
