import { expect, test, vi } from 'vitest';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { packRows } from '../../shared/ipc/packed-rows.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { RunStore } from '../versions/run-store.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { measureIdOf, RunHyperparameters } from './run-hyperparameters.ts';

/** A run whose files say of each version a tenth of its handle, and which versions were asked for. */
async function openRun(count: number) {
  const rows = Array.from({ length: count }, (_, handle) => aRow(handle));
  const asked: number[][] = [];
  const failures: string[] = [];
  const request = async (name: string, input: { versions?: number[]; settings?: string[] }) => {
    if (name === 'listVersions')
      return { ok: true, value: { revision: 1, rows: packRows(rows), next: null, end: count } };
    if (name === 'listHyperparameters')
      return { ok: true, value: { found: [{ name: 'gamma', source: 'sidecar', varies: true }] } };
    const failure = failures.pop();
    if (failure !== undefined)
      return { ok: false, failure: { code: 'ModelManager', message: failure, path: null } };
    const { versions = [], settings = [] } = input;
    asked.push(versions);
    const columns = settings.map(() => ({
      codes: new Uint16Array(versions.length).fill(1),
      numbers: Float64Array.from(versions, (version) => version / 10),
      words: [],
    }));
    return { ok: true, value: { columns } };
  };
  const store = new RunStore('run', request as Bridge['request'], (flush) => flush());
  await store.load();
  const differ = (revision: number, changed: VersionRow[]) =>
    store.receive({ runId: 'run', revision, rows: packRows(changed), removed: [] });
  return { store, asked, failures, differ, run: new RunHyperparameters(store, request as Bridge['request']) };
}

const gamma = (run: RunHyperparameters) => ({
  id: measureIdOf('gamma'),
  label: 'gamma',
  of: ({ handle }: VersionRow) => run.column('gamma').valueOf(handle),
  format: String,
});
const rest = () => new Promise((resolve) => setTimeout(resolve));

test('nothing is read before somebody wants it; then all versions, in slices, and only once', async () => {
  const { run, store, asked } = await openRun(4100);
  await run.find();
  expect([run.snapshot().found?.map(({ name }) => name), asked]).toEqual([['gamma'], []]);
  const told = vi.fn();
  run.subscribe(() => told(run.snapshot().left));
  run.want(['gamma']);
  run.want(['gamma']);
  await rest();
  expect(asked.map(({ length }) => length)).toEqual([2000, 2000, 100]);
  expect(told.mock.calls.flat()).toEqual([4100, 2100, 100, 0]);
  const { list } = store.snapshot();
  expect(list.numbers(gamma(run))[list.slotOf(4099) ?? -1]).toBe(409.9);
});

test('what is no longer wanted is not read to its end', async () => {
  const { run, asked } = await openRun(4100);
  run.want(['gamma']);
  run.want([]);
  await rest();
  expect(asked.map(({ length }) => length)).toEqual([2000]);
  expect(run.snapshot().left).toBe(0);
});

test('a range of what is read filters as what is read comes', async () => {
  const { run, store } = await openRun(20);
  store.setFilter({ ...store.snapshot().filter, ranges: [{ measure: gamma(run), low: 1.5, high: null }] });
  expect(store.snapshot().shown).toHaveLength(0);
  run.want(['gamma']);
  await rest();
  expect(store.snapshot().shown).toHaveLength(5);
});

test('what comes later is read then, and what has another record is read again', async () => {
  const { run, asked, differ } = await openRun(3);
  run.want(['gamma']);
  await rest();
  differ(2, [aRow(3), { ...aRow(1), is_best: true }]);
  await rest();
  differ(3, [aRow(1, { timestamp: '2030-01-01T00:00:00' })]);
  await rest();
  expect(asked.slice(1)).toEqual([[3], [1]]);
});

test('a version is read again whatever of its record is another, also where it stays in its place', async () => {
  const { run, asked, differ } = await openRun(3);
  run.want(['gamma']);
  await rest();
  const changes = [{ checksum: 'c' }, { step: 7 }, { metadata_source: 'contents' }] as const;
  for (const [index, change] of changes.entries()) {
    differ(2 + index, [aRow(1, change)]);
    await rest();
  }
  expect(asked.slice(1)).toEqual([[1], [1], [1]]);
});

test('a version that changes while its answer is on the way is read again', async () => {
  const { run, asked, differ } = await openRun(3);
  run.want(['gamma']);
  differ(2, [aRow(1, { timestamp: '2030-01-01T00:00:00' }), aRow(2, { checksum: 'c' })]);
  await rest();
  expect(asked).toEqual([
    [0, 1, 2],
    [1, 2],
  ]);
});

test('that it cannot be read is told, and it is tried again with what comes next', async () => {
  const { run, asked, failures, differ } = await openRun(3);
  failures.push('the thread stopped');
  run.want(['gamma']);
  await rest();
  expect([run.snapshot().failure?.message, asked]).toEqual(['the thread stopped', []]);
  differ(2, [aRow(3)]);
  await rest();
  expect(asked).toHaveLength(1);
  expect(run.snapshot().failure).toBeNull();
});
