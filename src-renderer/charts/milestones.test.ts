import { expect, test } from 'vitest';
import type { Backup, LogLine } from '../../shared/ipc/writing-contract.ts';
import { chartMeasures } from './chart-measures.ts';
import { flagsOver, milestonesOf } from './milestones.ts';

const nowhere = { version: null, step: null, episode: null };
const line = (command: string, minute: number, ids: string[], more: Partial<LogLine> = {}): LogLine => ({
  at: `2026-03-02T10:0${minute}:00.000Z`,
  command,
  who: 'ada@host',
  versionCount: ids.length,
  named: ids.map((id) => ({ id, version: null })),
  bytes: null,
  seconds: 5,
  result: 'done',
  operation: null,
  reach: nowhere,
  ...more,
});
const backup = (at: string, label: string | null): Backup => ({
  backup: 'b',
  at,
  label,
  reason: 'by hand',
  versionCount: 2,
  named: [],
  bytes: 2000,
  state: 'verified',
  verifiedAt: at,
  elsewhere: null,
  of: null,
  reach: nowhere,
});
const measures = chartMeasures([], [{ name: 'reward', mode: 'max', source: 'config' }]);
const over = (id: string) => measures.find((measure) => measure.id === id) as (typeof measures)[number];

test('backups and prunes that were done are milestones, also those that follow a save', () => {
  const told = milestonesOf(
    [
      line('prune (retention)', 5, ['old.pt', 'older.pt']),
      line('save', 4, ['alone.pt']),
      line('prune', 3, [], {}),
      line('prune', 2, ['a.pt'], { result: 'the disk is full' }),
      line('prune', 1, ['a.pt', 'b.pt']),
      line('trash', 1, ['c.pt']),
      line('backup', 0, ['a.pt']),
    ],
    [],
  );
  expect(told.map(({ kind, what, named }) => [kind, what, named.map(({ id }) => id)])).toEqual([
    ['backup', 'Backed up', ['a.pt']],
    ['prune', 'Pruned', ['a.pt', 'b.pt']],
    ['prune', 'Pruned after a save', ['old.pt', 'older.pt']],
  ]);
});

test('a backup is told once, with its label; one that the log does not know is told too', () => {
  const told = milestonesOf(
    [line('backup', 3, ['a.pt', 'b.pt'])],
    [backup('2026-03-02T10:02:57.000Z', 'before the sweep'), backup('2026-03-02T09:00:00.000Z', null)],
  );
  expect(told.map(({ at, label, named }) => [at, label, named.length])).toEqual([
    ['2026-03-02T09:00:00.000Z', null, 0],
    ['2026-03-02T10:03:00.000Z', 'before the sweep', 2],
  ]);
});

test('a milestone stands at its time, else at the farthest of its versions, and nowhere where nothing tells', () => {
  const told = milestonesOf(
    [
      line('prune', 1, ['a.pt'], { reach: { version: 7, step: null, episode: null }, bytes: 1500 }),
      line('backup', 0, ['b.pt']),
    ],
    [],
  );
  expect(flagsOver(told, over('version')).map(({ at, sign }) => [at, sign])).toEqual([[7, 'triangle']]);
  expect(flagsOver(told, over('step'))).toEqual([]);
  expect(flagsOver(told, over('size'))).toEqual([]);
  const [first, second] = flagsOver(told, over('time'));
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(60_000);
  expect(second?.words.title).toBe('Pruned: 1 version');
  expect(second?.words.facts.slice(1)).toEqual([
    ['Versions', 'a.pt'],
    ['Size', '1.50 kB'],
    ['By', 'ada@host'],
  ]);
});
