import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { comparableVersion } from '../catalog/comparable-version.fixture.ts';
import { listRun } from '../catalog/list-run.ts';
import { packNames, unpackReading } from '../catalog/packed-reading.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { IndexedReader } from './indexed-reader.ts';
import { readPart } from './read-part.fixture.ts';

const opened = vi.hoisted(() => ({ sidecars: 0 }));
vi.mock('../catalog/read-sidecar.ts', async (original) => {
  const module = await original<typeof import('../catalog/read-sidecar.ts')>();
  const readSidecar = (path: string) => {
    opened.sidecars += 1;
    return module.readSidecar(path);
  };
  return { ...module, readSidecar };
});

const config = defaultStorageConfig;

beforeEach(() => {
  opened.sidecars = 0;
});

function newRun(count = 10): { run: string; path: string } {
  const run = temporaryFolder();
  for (let version = 1; version <= count; version += 1) saveModel(run, version);
  return { run, path: join(temporaryFolder(), 'part-1-of-1') };
}

function countOpened(read: () => unknown): number {
  const before = opened.sidecars;
  read();
  return opened.sidecars - before;
}

test('what was read before is not opened again', () => {
  const { run, path } = newRun();
  const read = () => readPart(run, { config, path });
  expect(countOpened(read)).toBe(10);
  expect(countOpened(read)).toBe(0);
  saveModel(run, 11);
  rmSync(join(run, 'best_models/model_v0003_reward0.3000_20240101_000003.pt'));
  expect(countOpened(read)).toBe(2);
  expect(countOpened(read)).toBe(1);
  expect(read()).toEqual(readPart(run, { config, path: null }));
});

test('a sidecar with other bytes, its size and mtime as they were, is read again', () => {
  const { run, path } = newRun(1);
  const sidecar = join(run, 'best_models/model_v0001_reward0.1000_20240101_000001.json');
  utimesSync(sidecar, 1000, 1000);
  const before = readPart(run, { config, path }).versions;
  const { ctimeMs } = statSync(sidecar);
  do {
    writeFileSync(sidecar, readFileSync(sidecar, 'utf8').replace('"reward":0.1', '"reward":0.7'));
    utimesSync(sidecar, 1000, 1000);
  } while (statSync(sidecar).ctimeMs === ctimeMs);
  expect(before[0]?.reward).toBe(0.1);
  expect(readPart(run, { config, path }).versions[0]?.reward).toBe(0.7);
});

test('a file of the index that says what it should is left alone', () => {
  const { run, path } = newRun();
  readPart(run, { config, path });
  const { ino } = statSync(path);
  readPart(run, { config, path });
  expect(statSync(path).ino).toBe(ino);
});

test('what was touched a moment before it was read is read again', () => {
  const { run, path } = newRun();
  const read = () => readPart(run, { config, path, now: Date.now() });
  read();
  expect(countOpened(read)).toBe(10);
});

test('a version with a fault is read again', () => {
  const { run, path } = newRun(3);
  put(run, 'best_models/broken_v9_reward1.pt', 'x');
  put(run, 'best_models/broken_v9_reward1.json', '[');
  const read = () => readPart(run, { config, path });
  read();
  expect(countOpened(read)).toBe(1);
});

test('texts are read where they are wanted and were not kept, and stay where they are not', () => {
  const { run, path } = newRun();
  const window = () => readPart(run, { config, path, withTexts: false });
  const list = () => readPart(run, { config, path, withTexts: true });
  window();
  expect(countOpened(list)).toBe(10);
  expect(countOpened(window)).toBe(0);
  expect(countOpened(list)).toBe(0);
});

test('another config reads everything', () => {
  const { run, path } = newRun();
  readPart(run, { config, path });
  const other = { ...config, best_model_selection_metric: 'sharpe' };
  expect(countOpened(() => readPart(run, { config: other, path }))).toBe(10);
});

test('a byte that changed anywhere in the index changes nothing that is told', () => {
  const { run, path } = newRun(2);
  const read = () => JSON.stringify(readPart(run, { config, path }));
  const expected = read();
  const bytes = readFileSync(path);
  const isTold = (at: number) => {
    const broken = Buffer.from(bytes);
    broken[at] = (broken[at] ?? 0) ^ (1 << (at % 8));
    writeFileSync(path, broken);
    return read() === expected;
  };
  expect([...bytes.keys()].filter((at) => !isTold(at))).toEqual([]);
});

test('an index that ends early, or holds something else, changes nothing that is told', () => {
  const { run, path } = newRun(4);
  const expected = readPart(run, { config, path });
  const bytes = readFileSync(path);
  for (let length = 0; length < bytes.length; length += 7) {
    writeFileSync(path, bytes.subarray(0, length));
    expect(readPart(run, { config, path })).toEqual(expected);
  }
  writeFileSync(path, Buffer.concat([bytes, bytes]));
  expect(readPart(run, { config, path })).toEqual(expected);
});

test('where nothing can be written, everything is read', () => {
  const { run } = newRun(4);
  const expected = readPart(run, { config, path: null });
  const path = join(put(temporaryFolder(), 'file', ''), 'part-1-of-1');
  expect(readPart(run, { config, path })).toEqual(expected);
  expect(readPart(run, { config, path: run })).toEqual(expected);
});

test('everything is told before anything is kept, and what was told and sent away is kept whole', () => {
  const { run, path } = newRun();
  const { checksums, folders } = listRun(run, config);
  const context = { root: run, config, checksums, withTexts: true };
  const reader = new IndexedReader(context, { path, fingerprint: '' }, { now: Number.POSITIVE_INFINITY });
  const told = [...[...folders].flatMap((part) => [...reader.read(packNames(part))]), ...reader.end()];
  const sent = told.map((reading) =>
    structuredClone(reading, { transfer: [reading.versions.numbers.buffer] }),
  );
  expect(existsSync(path)).toBe(false);
  reader.close();
  const again = new IndexedReader(context, { path, fingerprint: '' }, { now: Number.POSITIVE_INFINITY });
  const kept: typeof told = [];
  const readAgain = () => {
    for (const part of listRun(run, config).folders) kept.push(...again.read(packNames(part)));
    kept.push(...again.end());
  };
  expect(countOpened(readAgain)).toBe(0);
  const comparable = (readings: typeof told) =>
    readings.flatMap((reading) => unpackReading(reading).versions.map(comparableVersion));
  expect(comparable(kept)).toEqual(comparable(sent));
});
