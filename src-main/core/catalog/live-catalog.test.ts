import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { LiveCatalog } from './live-catalog.ts';
import { saveModel } from './run.fixture.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const name = 'checkpoints/checkpoint.pt';

/** A run that is followed, and the states of its checkpoint as they were told. */
function follow() {
  const run = temporaryFolder();
  const states: string[] = [];
  const catalog = new LiveCatalog(run, defaultStorageConfig, ({ changed, removed }) => {
    states.push(...changed.filter(({ id }) => id === name).map(({ state }) => state));
    states.push(...removed.filter((id) => id === name).map(() => 'removed'));
  });
  return { run, catalog, states };
}

test('a file that keeps growing is being written, and settles once two looks agree', () => {
  const { run, catalog, states } = follow();
  const path = put(run, name, 'a');
  catalog.refresh([name]);
  expect(states).toEqual(['unsealed']);
  for (const expected of [2, 3]) {
    appendFileSync(path, 'more');
    vi.advanceTimersByTime(200);
    expect(states.slice(1)).toEqual(Array.from({ length: expected - 1 }, () => 'writing'));
  }
  vi.advanceTimersByTime(200);
  expect(states).toEqual(['unsealed', 'writing', 'writing', 'unsealed']);
  vi.advanceTimersByTime(10_000);
  expect(states).toHaveLength(4);
});

test('a save that lands at once is never called writing', () => {
  const { run, catalog, states } = follow();
  put(run, name, 'whole');
  catalog.refresh([name]);
  vi.advanceTimersByTime(1000);
  expect(states).toEqual(['unsealed']);
});

test('while it is written it stays so, also when everything is looked at anew', () => {
  const { run, catalog, states } = follow();
  const path = put(run, name, 'a');
  catalog.refresh([name]);
  appendFileSync(path, 'b');
  vi.advanceTimersByTime(200);
  appendFileSync(path, 'c');
  catalog.reconcile();
  expect(states).toEqual(['unsealed', 'writing', 'writing']);
});

test('a file that goes away while it is written is gone, and new when it is back', () => {
  const { run, catalog, states } = follow();
  const path = put(run, name, 'a');
  catalog.refresh([name]);
  appendFileSync(path, 'b');
  vi.advanceTimersByTime(200);
  rmSync(path);
  catalog.refresh([name]);
  vi.advanceTimersByTime(1000);
  put(run, name, 'again');
  catalog.refresh([name]);
  expect(states).toEqual(['unsealed', 'writing', 'removed', 'unsealed']);
});

test('after it is closed nothing more is told', () => {
  const { run, catalog, states } = follow();
  appendFileSync(put(run, name, 'a'), 'b');
  catalog.refresh([name]);
  catalog.close();
  appendFileSync(join(run, name), 'c');
  vi.advanceTimersByTime(1000);
  expect(states).toEqual(['unsealed']);
});

test('what nothing happened to is not told again', () => {
  const { run, catalog, states } = follow();
  put(run, name, 'a');
  saveModel(run, 1);
  catalog.reconcile();
  catalog.reconcile();
  catalog.refresh([name, 'checkpoints', '', 'elsewhere/x.pt', '../x.pt']);
  expect(states).toEqual(['unsealed']);
});
