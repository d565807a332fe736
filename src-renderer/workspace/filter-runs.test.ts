import { expect, test } from 'vitest';
import { filterRuns } from './filter-runs.ts';
import { workspaceRun } from './workspace-run.fixture.ts';

const runs = [
  workspaceRun(1, { path: '2026-03-01/0', overrides: ['lr=0.1', 'seed=1'], versions: 20 }),
  workspaceRun(2, { path: '2026-03-01/1', overrides: ['lr=0.01', 'seed=1'] }),
  workspaceRun(3, { path: 'plain' }),
];
const shown = (text: string, typing = false) => {
  const { runs: kept, fault, isPartial } = filterRuns(runs, { text, typing });
  return { kept: kept.map(({ handle }) => handle), at: fault?.start ?? null, isPartial };
};

test('words are looked for in paths and in overrides, and conditions are those of cairn runs --where', () => {
  expect(shown('')).toEqual({ kept: [1, 2, 3], at: null, isPartial: false });
  expect(shown('"lr=0.1"').kept).toEqual([1]);
  expect(shown('"seed=1" and versions > 10').kept).toEqual([1]);
  expect(shown('PLAIN').kept).toEqual([3]);
  expect(shown('not path ~ 2026').kept).toEqual([3]);
});

test('of a query with a fault, what comes before that counts', () => {
  expect(shown('versions > 10 and reward > 3')).toMatchObject({ kept: [1], isPartial: true });
  expect(shown('versions >')).toMatchObject({ kept: [1, 2, 3], isPartial: true });
});

test('a word that may become a condition does not empty the table while somebody types', () => {
  expect(shown('versi', true)).toEqual({ kept: [1, 2, 3], at: null, isPartial: true });
  expect(shown('versi').kept).toEqual([]);
});

test('who asks runs for a metric is told of best_value, and not of all fields', () => {
  const told = (text: string) => filterRuns(runs, { text, typing: false }).fault?.parts.slice(1);
  const words = ['what a run has of “reward” is the value of its best version, best_value'];
  expect(told('reward > 3')).toEqual([...words, 'write best_value in its place, such as best_value > 1']);
  expect(told('rewards > 3')?.[0]).toContain('a run has path, folder');
});
