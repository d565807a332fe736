import { chmodSync, existsSync, readdirSync } from 'node:fs';
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

function open(root: string): ModelManager {
  const manager = new ModelManager(root, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  return manager;
}

function follow(root: string): ModelManager {
  const manager = open(root);
  manager.follow();
  return manager;
}

/** A run that is settled and not followed; `tried` is what came of each time. */
function settle(root: string): { tried: string[]; cover: () => void } {
  const tried: string[] = [];
  const manager = open(root);
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
  return { tried, cover: () => watch.cover() };
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
  const manager = follow(root);
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
  const { tried } = settle(root);
  await soon(() => expect(tried.length).toBeGreaterThan(1));
  expect(tried.filter((each) => !each.includes('the run is locked'))).toEqual([]);
  expect(intentsOf(root)).toHaveLength(1);
  await lock.release();
  await soon(() => expect(tried.at(-1)).toBe('done'));
  expect(idsOf(await fresh(root))).toContain(saved);
});

test('a record that cannot be settled is tried once', async () => {
  const root = await prepare([]);
  put(root, `${intentFolder}/20240101.json`, 'no JSON');
  const manager = follow(root);
  const { tried, cover } = settle(root);
  await soon(() => expect(tried).toHaveLength(1));
  cover();
  put(root, 'best_models/after.pt', 'x');
  await soon(() => expect(manager.listed('best_models/after.pt')).toBeDefined());
  put(root, `${intentFolder}/20240102.json`, 'no JSON');
  await soon(() => expect(tried).toHaveLength(2));
});

test('a run of which nothing was kept yet is settled once there is something', async () => {
  const root = await prepare([]);
  const { tried } = settle(root);
  expect(existsSync(join(root, ownFolder))).toBe(false);
  await cutOff(root);
  await soon(() => expect(tried.at(-1)).toBe('done'));
  expect(idsOf(await fresh(root))).toContain(saved);
});

test('what is half done in a run that must not be written to is told, and left as it is, until somebody else has settled it', async () => {
  const root = await prepare([]);
  await cutOff(root);
  const [name = ''] = intentsOf(root);
  chmodSync(root, 0o555);
  onTestFinished(() => chmodSync(root, 0o755));
  const ofRecords = ({ problems }: RunReader) => problems.filter(({ path }) => path.startsWith(ownFolder));
  const told = {
    path: `${intentFolder}/${name}`,
    problem: expect.stringMatching(/^a save is half done here/),
  };
  const manager = follow(root);
  await soon(() => expect(ofRecords(manager)).toEqual([told]));
  expect(ofRecords(await fresh(root))).toEqual([told]);
  expect(intentsOf(root)).toEqual([name]);
  chmodSync(root, 0o755);
  await act(root, realDisk, async () => undefined);
  chmodSync(root, 0o555);
  await soon(() => expect(ofRecords(manager)).toEqual([]));
  expect(ofRecords(await fresh(root))).toEqual([]);
});
