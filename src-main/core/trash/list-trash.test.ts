import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Disk, realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { trashFolder } from '../operations/operation.ts';
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

test('each record is read once, one at a time, however often the trash is listed', async () => {
  const { root, save } = await overwritten(5);
  const { disk, opened } = countingDisk();
  const first = await listTrash(disk, root);
  expect(first).toHaveLength(5);
  expect(await listTrash(disk, root)).toEqual(first);
  expect(opened()).toEqual({ all: 5, atOnce: 1 });
  await save();
  expect(await listTrash(disk, root)).toHaveLength(6);
  expect(opened().all).toBe(6);
});

test('a record that was changed since it was read is read again', async () => {
  const { root } = await overwritten(1);
  const [operation] = await listTrash(realDisk, root);
  appendFileSync(join(root, trashFolder, operation?.id ?? '', 'manifest.json'), 'x');
  await expect(listTrash(realDisk, root)).rejects.toThrow('not the record of an operation');
});
