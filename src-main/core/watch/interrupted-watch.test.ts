import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { lockRun } from '../lock/lock-run.ts';
import { ModelManager } from '../model-manager.ts';
import { act, first, prepare } from '../operations/interrupted-run.fixture.ts';
import { intentFolder, ownFolder } from '../operations/operation.ts';
import { RunReader } from '../run-reader.ts';
import { InterruptedWatch } from './interrupted-watch.ts';

const saved = 'checkpoints/checkpoint.pt';
const soon = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

/** A run that is followed, and settled meanwhile; `tried` is what came of each time. */
function open(root: string): { manager: ModelManager; tried: string[] } {
  const tried: string[] = [];
  const manager = new ModelManager(root, { appData: temporaryFolder() });
  const watch = new InterruptedWatch(root, async () => {
    try {
      await manager.recover();
      tried.push('done');
    } catch (error) {
      tried.push(String(error));
      throw error;
    }
  });
  onTestFinished(() => watch.close());
  onTestFinished(() => manager.close());
  manager.subscribe(({ type }) => type === 'looked' && watch.cover());
  manager.follow();
  return { manager, tried };
}

/** A save that is cut off after its record is written, before its files have their names. */
async function cutOff(root: string): Promise<void> {
  const disk = new FaultDisk(realDisk);
  let isCutOff = false;
  disk.before = (call) => {
    isCutOff ||= call.startsWith('link');
    if (isCutOff && call !== 'close') throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  await expect(act(root, disk, first)).rejects.toThrow();
  expect(intentsOf(root)).toHaveLength(1);
  expect(existsSync(join(root, saved))).toBe(false);
}

const intentsOf = (root: string) => readdirSync(join(root, intentFolder));
const idsOf = (reader: RunReader) =>
  reader
    .versions()
    .map(({ id }) => id)
    .sort();

async function fresh(root: string): Promise<RunReader> {
  const reader = new RunReader(root);
  await reader.look();
  return reader;
}

test('What is shown is what is there: what another process is cut off in while a run is open is settled, and shown as it was foreseen', async () => {
  const root = await prepare([]);
  const { manager } = open(root);
  await soon(() => expect(manager.watch.state).toBe('live'));
  await cutOff(root);
  const foreseen = idsOf(await fresh(root));
  await soon(() => expect(intentsOf(root)).toEqual([]));
  await soon(() => expect(idsOf(manager)).toEqual(foreseen));
  expect(idsOf(await fresh(root))).toEqual(foreseen);
});

test('what a process does that is alive is left alone, however long it takes, and settled when it ends', async () => {
  const root = await prepare([]);
  await cutOff(root);
  const lock = await lockRun(join(root, ownFolder), 'test', 10_000);
  const { manager, tried } = open(root);
  await soon(() => expect(tried.length).toBeGreaterThan(1));
  expect(tried.filter((each) => !each.includes('the run is locked'))).toEqual([]);
  expect(intentsOf(root)).toHaveLength(1);
  await lock.release();
  await soon(() => expect(idsOf(manager)).toContain(saved));
  expect(tried.at(-1)).toBe('done');
});

test('a record that cannot be settled is tried once', async () => {
  const root = await prepare([]);
  put(root, `${intentFolder}/20240101.json`, 'no JSON');
  const { manager, tried } = open(root);
  await soon(() => expect(tried).toHaveLength(1));
  put(root, 'best_models/after.pt', 'x');
  await soon(() => expect(manager.listed('best_models/after.pt')).toBeDefined());
  put(root, `${intentFolder}/20240102.json`, 'no JSON');
  await soon(() => expect(tried).toHaveLength(2));
});
