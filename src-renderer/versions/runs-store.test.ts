import { expect, test } from 'vitest';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { packRows } from '../../shared/ipc/packed-rows.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { RunStore } from './run-store.ts';
import { RunsStore } from './runs-store.ts';
import { aRow } from './version-row.fixture.ts';

const atOnce = (flush: () => void) => flush();

/** The store of a run with these rows, and how the run changes. */
async function runOf(runId: string, rows: readonly VersionRow[], failure: string | null = null) {
  const pageOr = (message: string | null) =>
    message === null
      ? { ok: true, value: { revision: 0, rows: packRows(rows), next: null, end: rows.length } }
      : { ok: false, failure: { code: 'ModelManager', message, path: null } };
  let page = pageOr(failure);
  const store = new RunStore(runId, (async () => page) as unknown as Bridge['request'], atOnce);
  await store.load();
  /** Reads it again, which fails with these words; null where it can be read. */
  const reload = (message: string | null) => {
    page = pageOr(message);
    return store.load();
  };
  let revision = 0;
  const differ = (changed: readonly VersionRow[], removed: number[] = []) => {
    revision += 1;
    store.receive({ runId, revision, rows: packRows(changed), removed });
  };
  return { store, differ, reload };
}

async function together() {
  const a = await runOf('a', [aRow(1, { reward: 1 }), aRow(2, { reward: 5 })]);
  const b = await runOf('b', [aRow(101, { reward: 3 })]);
  const all = new RunsStore(atOnce);
  all.setRuns([a.store, b.store]);
  return { a, b, all };
}

/** Looks at a store, and gives its versions by run and handle in the order shown. */
function watch(all: RunsStore) {
  all.subscribe(() => undefined);
  return () => Array.from(all.snapshot().list.shownRows(), ({ runId, handle }) => `${runId}${handle}`);
}

test('versions of several runs stand in one order, each known by its run', async () => {
  const { all } = await together();
  const shown = watch(all);
  all.setSort({ direction: 'desc', value: { kind: 'number', of: ({ reward }) => reward } });
  expect(shown()).toEqual(['a2', 'b101', 'a1']);
  expect(all.snapshot().loading).toBe(false);
});

test('what changes in a run shows among all, and its own store stays as it is', async () => {
  const { a, b, all } = await together();
  const shown = watch(all);
  b.differ([aRow(102, { version: 500 })]);
  expect(shown()[0]).toBe('b102');
  a.differ([], [1]);
  expect(shown()).not.toContain('a1');
  expect(a.store.snapshot().total).toBe(1);
  all.setFilter({ text: 'v500', onlyProblems: false, ranges: [], typing: false });
  expect([all.snapshot().shown.length, b.store.snapshot().shown.length]).toEqual([1, 2]);
});

test('the rows are those of the runs’ own stores, not copies', async () => {
  const { a, all } = await together();
  watch(all);
  expect(all.snapshot().list.get(2)).toBe(a.store.snapshot().list.get(2));
});

test('while nobody looks nothing is put in order, and who looks sees what changed meanwhile', async () => {
  const { b, all } = await together();
  const before = all.snapshot();
  b.differ([aRow(103)]);
  expect(all.snapshot()).toBe(before);
  expect(watch(all)()).toContain('b103');
});

test('a run that is taken out takes its versions and what was chosen of them along', async () => {
  const { a, b, all } = await together();
  const shown = watch(all);
  all.chooseAll([1, 101]);
  all.setRuns([a.store]);
  expect(shown().sort()).toEqual(['a1', 'a2']);
  expect([...all.snapshot().choice.chosen]).toEqual([1]);
  b.differ([aRow(104)]);
  expect(shown()).not.toContain('b104');
  all.setRuns([a.store, b.store]);
  expect(shown()).toContain('b104');
});

test('the metrics are those of all its runs, and of no run that was taken out', async () => {
  const a = await runOf('a', [aRow(1, { metrics: { sharpe: 1, loss: 2 } })]);
  const b = await runOf('b', [aRow(101, { metrics: { loss: 3, entropy: 0.5 } })]);
  const all = new RunsStore(atOnce);
  all.setRuns([a.store, b.store]);
  watch(all);
  const names = () => all.snapshot().metrics.map(({ name }) => name);
  expect(names()).toEqual(['sharpe', 'loss', 'entropy']);
  all.setRuns([b.store]);
  expect(names()).toEqual(['loss', 'entropy']);
});

test('queries ask for a run by what it is called', async () => {
  const { all } = await together();
  const shown = watch(all);
  all.setRunNames(
    new Map([
      ['a', 'PPO 1'],
      ['b', 'SAC'],
    ]),
  );
  const filter = { onlyProblems: false, ranges: [], typing: false };
  all.setFilter({ ...filter, text: 'run:sac' });
  expect(shown()).toEqual(['b101']);
  all.setFilter({ ...filter, text: 'run = "ppo 1" and reward > 2' });
  expect(shown()).toEqual(['a2']);
});

test('what runs are called is news where a filter may ask for it, and only what is new', async () => {
  const { all } = await together();
  watch(all);
  const unfiltered = all.snapshot();
  all.setRunNames(new Map([['a', 'PPO 1']]));
  expect(all.snapshot()).toBe(unfiltered);
  all.setFilter({ onlyProblems: false, ranges: [], typing: false, text: 'run:sac' });
  const names = () =>
    new Map([
      ['a', 'PPO 1'],
      ['b', 'SAC'],
    ]);
  all.setRunNames(names());
  const before = all.snapshot();
  all.setRunNames(names());
  expect(all.snapshot()).toBe(before);
  all.setRunNames(new Map([['a', 'PPO 1']]));
  expect(all.snapshot()).not.toBe(before);
});

test('a table that says it is not sorted or grouped, as it was not, is no news', async () => {
  const { all } = await together();
  watch(all);
  const before = all.snapshot();
  all.setSort(null);
  all.setGrouping(null);
  expect(all.snapshot()).toBe(before);
  all.setSort({ value: { kind: 'text', of: ({ id }) => id }, direction: 'desc' });
  const sorted = all.snapshot();
  expect(sorted).not.toBe(before);
  all.setSort(null);
  expect(all.snapshot()).not.toBe(sorted);
});

test('a run that cannot be read leaves the others to be seen; where none can, that is said', async () => {
  const { a, all } = await together();
  const torn = await runOf('c', [], 'the disk is gone');
  watch(all);
  all.setRuns([a.store, torn.store]);
  expect([all.snapshot().total, all.snapshot().failure]).toEqual([2, null]);
  all.setRuns([torn.store]);
  expect(all.snapshot().failure?.message).toBe('the disk is gone');
});

test('a run that can no longer be read, or can again, is news to who looks at all, whether or not rows changed', async () => {
  const a = await runOf('a', []);
  const all = new RunsStore(atOnce);
  all.setRuns([a.store]);
  const told: (string | undefined)[] = [];
  all.subscribe(() => told.push(all.snapshot().failure?.message));
  const since = told.length;
  for (const message of ['the disk is gone', 'it is damaged', null]) await a.reload(message);
  expect(told.slice(since)).toEqual(['the disk is gone', 'it is damaged', undefined]);
});
