import { cpSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { keptPath } from '../operations/operation.ts';

async function open(run: string, disk?: FaultDisk): Promise<ModelManager> {
  const options = { appData: temporaryFolder(), config: {}, ...(disk ? { disk } : {}) };
  const manager = new ModelManager(run, options);
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** Other bytes of the same size, at the same time. */
function rot(path: string): void {
  const { atime, mtime } = statSync(path);
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  utimesSync(path, atime, mtime);
}

/** A run of three versions that was verified: the best is damaged. */
async function verifiedRun(disk?: FaultDisk) {
  const run = temporaryFolder();
  const ids = [1, 2, 3].map((number) => saveModel(run, number));
  for (const id of ids) utimesSync(join(run, id), 1000, 1000);
  const [first = '', second = '', third = ''] = ids;
  rot(join(run, third));
  const manager = await open(run, disk);
  await manager.verify(null, () => undefined);
  return { run, manager, ids, first, second, third };
}

function statesOf(manager: ModelManager): Record<string, string> {
  return Object.fromEntries(manager.versions().map(({ id, integrity }) => [id, integrity.state]));
}

/** What this manager knows after another look, and what one that is opened afterwards does. */
async function known(manager: ModelManager) {
  await manager.look();
  const later = await open(manager.root);
  expect(statesOf(later)).toEqual(statesOf(manager));
  expect(later.badges).toEqual(manager.badges);
  return { states: statesOf(later), best: later.badges.best };
}

test('what is known of files is kept on their way to the trash and back: the best is the same afterwards', async () => {
  const { manager, ids, second, third } = await verifiedRun();
  const before = await known(manager);
  expect(before).toMatchObject({ states: { [second]: 'verified', [third]: 'mismatch' }, best: second });
  for (let times = 0; times < 2; times += 1) {
    await manager.moveToTrash(ids);
    await manager.undo();
    expect(await known(manager)).toEqual(before);
  }
});

test('what is known of a file is kept, though other processes move it, and bring it back', async () => {
  const { run, manager, third } = await verifiedRun();
  const before = await known(manager);
  await (await open(run)).moveToTrash([third]);
  await (await open(run)).undo();
  expect(await known(manager)).toEqual(before);
});

test('a prune and its undo forget no damage', async () => {
  const { manager } = await verifiedRun();
  const before = await known(manager);
  await manager.prune({ keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'all' });
  await manager.undo();
  expect(await known(manager)).toEqual(before);
});

test('what a save or a restore replaced is known again once that is undone', async () => {
  const { run, manager, second } = await verifiedRun();
  const checkpoint = await manager.saveCheckpoint({ source: bytes(7), reward: 9 });
  rot(join(run, checkpoint.id));
  await manager.look();
  await manager.verify([checkpoint.id], () => undefined);
  expect(statesOf(manager)[checkpoint.id]).toBe('mismatch');
  const { manifest } = await manager.backups.create(new Set([second]));
  const before = await known(manager);
  await manager.saveCheckpoint({ source: bytes(8), reward: 9 });
  expect((await known(manager)).states[checkpoint.id]).toBe('verified');
  await manager.undo();
  expect(await known(manager)).toEqual(before);
  rot(join(run, second));
  await manager.look();
  await manager.verify([second], () => undefined);
  const changed = await known(manager);
  await manager.backups.restore(manifest.id, null);
  await manager.undo();
  expect(await known(manager)).toEqual(changed);
});

test('an operation that fails and is taken back leaves what was known', async () => {
  const disk = new FaultDisk(realDisk);
  const { manager, ids } = await verifiedRun(disk);
  const before = await known(manager);
  let links = 0;
  disk.before = (call) => {
    if (!call.startsWith('link ')) return;
    links += 1;
    if (links === 4) throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  await expect(manager.moveToTrash(ids)).rejects.toThrow('the disk reports a read error');
  expect(await known(manager)).toEqual(before);
});

test('a file that another program wrote to while it was in the trash is not taken for verified', async () => {
  const { run, manager, second } = await verifiedRun();
  const operation = await manager.moveToTrash([second]);
  rot(join(run, keptPath(operation, second)));
  await manager.undo();
  expect((await known(manager)).states[second]).toBe('unverified');
});

test.each(['link', 'unlink'])(
  'nor is one that was written to before the %s that moves it, though its time is as it was',
  async (kind) => {
    const disk = new FaultDisk(realDisk);
    const { run, manager, ids, first, second } = await verifiedRun(disk);
    let isDone = false;
    disk.before = (call) => {
      // The file before it has just been moved so.
      if (isDone || !call.startsWith(`${kind} `) || !call.includes(first)) return;
      isDone = true;
      rot(join(run, second));
    };
    await manager.moveToTrash(ids);
    expect(isDone).toBe(true);
    await manager.undo();
    expect((await known(manager)).states[second]).toBe('unverified');
  },
);

test('a version that is a folder stays what it was found to be', async () => {
  const run = temporaryFolder();
  const written = join(import.meta.dirname, '../../../e2e/fixtures/layouts/huggingface/checkpoint-500');
  for (const name of ['checkpoint-500', 'checkpoint-900'])
    cpSync(written, join(run, name), { recursive: true, preserveTimestamps: true });
  const [whole, damaged] = ['checkpoint-500/model.safetensors', 'checkpoint-900/model.safetensors'];
  const manager = await open(run);
  await manager.seal();
  rot(join(run, 'checkpoint-900/optimizer.pt'));
  await manager.look();
  await manager.verify(null, () => undefined);
  const before = await known(manager);
  expect(before.states).toEqual({ [whole]: 'verified', [damaged]: 'mismatch' });
  const operation = await manager.moveToTrash([whole, damaged]);
  await manager.undo();
  expect(await known(manager)).toEqual(before);
  const again = await manager.moveToTrash([whole, damaged]);
  expect(again).not.toBe(operation);
  rot(join(run, keptPath(again, 'checkpoint-500/scheduler.pt')));
  await manager.undo();
  expect((await known(manager)).states).toEqual({ [whole]: 'unverified', [damaged]: 'mismatch' });
});

function bytes(element: number) {
  const data = writeTorchZip([element]);
  return { chunks: [data], size: data.length };
}
