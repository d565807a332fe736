import { readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { saveModel } from './catalog/run.fixture.ts';
import { temporaryFolder } from './files/temporary-folder.fixture.ts';
import { RunReader } from './run-reader.ts';

const soon = { timeout: 15_000, interval: 20 };

/** A run of one version that is followed, and what is told of another, which nothing but its name describes: its states, `!` where it has a badge. */
async function follow() {
  const run = temporaryFolder();
  const id = saveModel(run, 2, { elements: 40, sidecar: null });
  const path = join(run, id);
  const bytes = readFileSync(path);
  renameSync(path, join(temporaryFolder(), 'model.pt'));
  const other = saveModel(run, 1, { elements: 40, sidecar: null });
  utimesSync(join(run, other), 1000, 1000);
  const manager = new RunReader(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  manager.follow();
  await vi.waitFor(() => expect(manager.isAllRead).toBe(true), soon);
  const told: string[] = [];
  const badges = new Set<string | null>();
  manager.subscribe((event) => {
    badges.add(manager.badges.latest);
    const state = `${manager.listed(id)?.state}${manager.badges.latest === id ? '!' : ''}`;
    if (event.type === 'versions' && event.changed.includes(id) && told.at(-1) !== state) told.push(state);
  });
  return { manager, run, id, path, bytes, other, told, badges };
}

test('a file that comes bit by bit is being written until it is whole, and never the latest before', async () => {
  const { manager, id, path, bytes, other, told, badges } = await follow();
  for (const size of [300, 500]) {
    writeFileSync(path, bytes.subarray(0, size));
    const detail = `being written: ${size} bytes so far`;
    await vi.waitFor(() => expect(manager.version(id)?.integrity).toMatchObject({ detail }), soon);
  }
  expect([...badges]).toEqual([other]);
  writeFileSync(path, bytes);
  await vi.waitFor(() => expect(manager.badges.latest).toBe(id), soon);
  expect(told).toEqual(['writing', 'unsealed!']);
});

test('a whole file is told of once, with all that is in it; who asks for it before is given it as it is listed', async () => {
  const { manager, id, path, bytes, told } = await follow();
  writeFileSync(path, bytes);
  await vi.waitFor(() => expect(manager.listed(id)?.state).toBe('unsealed'), soon);
  await vi.waitFor(() => expect(manager.isAllRead).toBe(true), soon);
  expect(told).toEqual(['unsealed!']);
});

test('a file that is replaced keeps its badge while it is looked into, and loses it once it is known to be broken', async () => {
  const { manager, run, other, bytes, badges } = await follow();
  const path = join(run, other);
  const before = manager.listed(other)?.modifiedAt;
  writeFileSync(`${path}.tmp`, bytes);
  renameSync(`${path}.tmp`, path);
  await vi.waitFor(() => expect(manager.listed(other)?.modifiedAt).not.toBe(before), soon);
  await vi.waitFor(() => expect(manager.isAllRead).toBe(true), soon);
  expect([...badges]).toEqual([other]);
  truncateSync(path, 500);
  await vi.waitFor(() => expect(manager.badges.latest).toBeNull(), soon);
});

test('one that goes before it was looked into was never there', async () => {
  const { manager, id, path, bytes, other, told, badges } = await follow();
  writeFileSync(path, bytes.subarray(0, 300));
  await vi.waitFor(() => expect(manager.listed(id)).toBeDefined(), soon);
  rmSync(path);
  await vi.waitFor(() => expect(manager.listed(id)).toBeUndefined(), soon);
  await vi.waitFor(() => expect(manager.isAllRead).toBe(true), soon);
  expect(told.filter((state) => state.startsWith('unsealed'))).toEqual([]);
  expect([...badges]).toEqual([other]);
});
