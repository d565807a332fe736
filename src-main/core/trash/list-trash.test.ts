import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Disk, realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { intentFolder, trashFolder } from '../operations/operation.ts';
import { listTrash } from './list-trash.ts';

const bytes = writeTorchZip([1]);

/** A run whose checkpoint was overwritten so often. */
async function overwritten(times: number): Promise<{ root: string; save: () => Promise<unknown> }> {
  const manager = new ModelManager(temporaryFolder(), { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  const save = () =>
    manager.saveCheckpoint({ source: { chunks: [bytes], size: bytes.length }, reward: 1, prune: false });
  for (let done = 0; done <= times; done += 1) await save();
  return { root: manager.root, save };
}

/** The real disk, with how many files were opened on it, and how many at most at once. */
function countingDisk(): { disk: Disk; opened: () => { all: number; atOnce: number } } {
  let [all, now, atOnce] = [0, 0, 0];
  const disk: Disk = {
    ...realDisk,
    open: async (path) => {
      all += 1;
      now += 1;
      atOnce = Math.max(atOnce, now);
      const file = await realDisk.open(path);
      return { ...file, close: () => file.close().finally(() => (now -= 1)) };
    },
  };
  return { disk, opened: () => ({ all, atOnce }) };
}

test('each record is read once, few at a time, however often the trash is listed', async () => {
  const { root, save } = await overwritten(12);
  const { disk, opened } = countingDisk();
  const first = await listTrash(disk, root);
  expect(first.operations).toHaveLength(12);
  expect(await listTrash(disk, root)).toEqual(first);
  expect(opened()).toEqual({ all: 12, atOnce: 8 });
  await save();
  expect((await listTrash(disk, root)).operations).toHaveLength(13);
  expect(opened().all).toBe(13);
});

test('a damaged record is told, the others are listed, and one that is fixed is listed again', async () => {
  const { root } = await overwritten(2);
  const [newest, oldest] = (await listTrash(realDisk, root)).operations;
  const path = join(root, trashFolder, oldest?.id ?? '', 'manifest.json');
  const text = readFileSync(path);
  appendFileSync(path, 'x');
  const { operations, problems } = await listTrash(realDisk, root);
  expect(operations).toEqual([newest]);
  expect(problems).toEqual([
    { path: `${trashFolder}/${oldest?.id}`, problem: expect.stringMatching(/manifest\.json, is damaged/) },
  ]);
  writeFileSync(path, text);
  expect((await listTrash(realDisk, root)).operations).toEqual([newest, oldest]);
});

test('the record of another operation, and a folder in its place, are damage', async () => {
  const { root } = await overwritten(2);
  const [newest, oldest] = (await listTrash(realDisk, root)).operations;
  const pathOf = (id = '') => join(root, trashFolder, id, 'manifest.json');
  copyFileSync(pathOf(newest?.id), pathOf(oldest?.id));
  expect(await listTrash(realDisk, root)).toMatchObject({ operations: [newest], problems: [{}] });
  rmSync(pathOf(newest?.id));
  mkdirSync(pathOf(newest?.id));
  expect(await listTrash(realDisk, root)).toMatchObject({ operations: [], problems: [{}, {}] });
});

test('a record that is gone is told while files are there; until an operation is done its intent is the record', async () => {
  const { root } = await overwritten(1);
  const { operations } = await listTrash(realDisk, root);
  const id = operations[0]?.id ?? '';
  const manifest = join(root, trashFolder, id, 'manifest.json');
  mkdirSync(join(root, trashFolder, 'empty', 'files'), { recursive: true });
  put(join(root, trashFolder), 'a stray file', '');
  renameSync(manifest, join(root, intentFolder, `${id}.json`));
  expect(await listTrash(realDisk, root)).toEqual({ operations: [], problems: [] });
  rmSync(join(root, intentFolder, `${id}.json`));
  const { problems } = await listTrash(realDisk, root);
  expect(problems).toEqual([
    { path: `${trashFolder}/${id}`, problem: expect.stringContaining('is missing') },
  ]);
});

test('a record that the disk fails to read is no damage: nothing is listed', async () => {
  const { root } = await overwritten(1);
  const clean = new FaultDisk(realDisk);
  await listTrash(clean, root);
  const call = clean.calls.indexOf('read') + 1;
  const faults = new FaultDisk(realDisk, { call, code: 'EIO', forever: false });
  await expect(listTrash(faults, root)).rejects.toThrow('EIO');
});
