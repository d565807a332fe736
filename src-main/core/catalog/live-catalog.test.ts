import {
  appendFileSync,
  closeSync,
  openSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { LiveCatalog } from './live-catalog.ts';
import { saveModel } from './run.fixture.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
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

describe('a file that looks broken at first sight', () => {
  const sidecar = 'checkpoints/checkpoint.json';
  const record = JSON.stringify({ version: 1, reward: 1, checksum: 'a'.repeat(64), file_size_bytes: 10 });

  test.each(['', 'half'])('is being written, from the first, until it is whole (%j so far)', (half) => {
    const { run, catalog, states } = follow();
    put(run, sidecar, record);
    const path = put(run, name, half);
    catalog.refresh([name, sidecar]);
    vi.advanceTimersByTime(100);
    writeFileSync(path, '0123456789');
    catalog.refresh([name]);
    vi.advanceTimersByTime(1000);
    expect(states).toEqual(['writing', 'writing', 'unverified']);
  });

  test.each([
    ['', 'torn'],
    ['half', 'mismatch'],
  ])('is told to be broken once nothing has come for four seconds and not before (%j)', (half, state) => {
    const { run, catalog, states } = follow();
    put(run, sidecar, record);
    put(run, name, half);
    catalog.refresh([name, sidecar]);
    vi.advanceTimersByTime(3999);
    expect(states).toEqual(['writing']);
    vi.advanceTimersByTime(1);
    expect(states).toEqual(['writing', state]);
    vi.advanceTimersByTime(10_000);
    expect(states).toEqual(['writing', state]);
  });

  test('is so told at once when nobody touched it of late', () => {
    const { run, catalog, states } = follow();
    const path = put(run, name, '');
    utimesSync(path, 1000, 1000);
    catalog.refresh([name]);
    vi.advanceTimersByTime(1000);
    expect(states).toEqual(['torn']);
  });

  test('is being written also when the whole run is looked at first', () => {
    const { run, catalog, states } = follow();
    const path = put(run, name, '');
    catalog.reconcile();
    writeFileSync(path, 'x');
    vi.advanceTimersByTime(200);
    catalog.reconcile();
    vi.advanceTimersByTime(1000);
    expect(states).toEqual(['writing', 'writing', 'unsealed']);
  });

  test('is being written when it is overwritten in its place', () => {
    const { run, catalog, states } = follow();
    const path = put(run, name, 'old');
    catalog.refresh([name]);
    vi.advanceTimersByTime(1000);
    truncateSync(path);
    catalog.refresh([name]);
    writeFileSync(path, 'new');
    vi.advanceTimersByTime(1000);
    expect(states).toEqual(['unsealed', 'writing', 'writing', 'unsealed']);
  });

  test('stays so while hints keep coming: it is waited for from the last of them', () => {
    const { run, catalog, states } = follow();
    put(run, sidecar, record);
    const path = put(run, name, '0');
    for (let digit = 1; digit <= 8; digit += 1) {
      catalog.refresh([name, sidecar]);
      vi.advanceTimersByTime(150);
      appendFileSync(path, String(digit));
    }
    catalog.refresh([name]);
    vi.advanceTimersByTime(3999);
    expect(new Set(states)).toEqual(new Set(['writing']));
    vi.advanceTimersByTime(1);
    expect(states.at(-1)).toBe('mismatch');
    expect(states.filter((state) => state !== 'writing')).toHaveLength(1);
  });
});

test.runIf(process.platform === 'linux')(
  'a file that a process holds open is being written from the first, however long it pauses, until it is closed',
  () => {
    const { run, catalog, states } = follow();
    const path = put(run, name, '');
    const descriptor = openSync(path, 'w');
    onTestFinished(() => {
      if (states.at(-1) === 'writing') closeSync(descriptor);
    });
    writeSync(descriptor, 'half');
    catalog.refresh([name]);
    vi.advanceTimersByTime(60_000);
    expect(states).toEqual(['writing']);
    writeSync(descriptor, 'whole');
    closeSync(descriptor);
    vi.advanceTimersByTime(60_000);
    expect(states).toEqual(['writing', 'writing', 'unsealed']);
  },
);

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
