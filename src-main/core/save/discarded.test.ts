import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { type Disk, realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';

const id = 'checkpoints/checkpoint.pt';
const bytes = writeTorchZip([1]);
const others = writeTorchZip([2]);

/** A run on a disk where what goes from the trash for good keeps its name, or its files. */
function open(stays: keyof Pick<Disk, 'rename' | 'unlink'>, config: Partial<StorageConfig>): ModelManager {
  const refused = (path: string) =>
    Promise.reject(Object.assign(new Error('no'), { code: 'EBUSY', syscall: stays, path }));
  const disk: Disk = {
    ...realDisk,
    [stays]: (path: string, to = path) =>
      to.includes('.deleted') ? refused(path) : realDisk[stays](path, to),
  };
  const manager = new ModelManager(temporaryFolder(), { appData: temporaryFolder(), config, disk });
  onTestFinished(() => manager.close());
  return manager;
}

const of = (data: Uint8Array) => ({ source: { chunks: [data], size: data.length }, reward: 1 });

test.each([
  { stays: 'unlink', told: 'is deleted, and takes room still', left: 0 },
  { stays: 'rename', told: 'waits in the trash', left: 1 },
] as const)('of what was replaced it is said what became of it: it $told', async ({ stays, told, left }) => {
  const manager = open(stays, { backup_before_overwrite: false });
  await manager.saveCheckpoint(of(bytes));
  const { warnings, replaced } = await manager.saveCheckpoint(of(others));
  expect(warnings).toEqual([`what it replaced ${told}: it is in use`]);
  const operations = (await manager.listTrash()).operations.map((operation) => operation.id);
  expect(operations).toHaveLength(left);
  expect(replaced).toEqual({ operation: operations[0] ?? null, backup: null });
});

test('a save in place that was taken back is told by what it failed of, though what it wrote cannot be deleted', async () => {
  const manager = open('rename', { atomic_saves: false });
  await manager.saveCheckpoint(of(bytes));
  async function* breaking() {
    yield others.subarray(0, 100);
    throw new Error('the source broke');
  }
  const broken = { source: { chunks: breaking(), size: null }, reward: 1 };
  await expect(manager.saveCheckpoint(broken)).rejects.toThrow(/^the source broke$/);
  expect(readFileSync(join(manager.root, id)).equals(bytes)).toBe(true);
});
