import { expect, onTestFinished, test } from 'vitest';
import { type Disk, realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { notDurable } from './commit-and-tell.ts';

/** On a file system that cannot sync folders. */
async function openUnsynced() {
  const syncFolder: Disk['syncFolder'] = async () => {
    throw Object.assign(new Error('EINVAL'), { code: 'EINVAL' });
  };
  const told: string[] = [];
  const manager = new ModelManager(temporaryFolder(), {
    appData: temporaryFolder(),
    config: {},
    disk: { ...realDisk, syncFolder },
    onNotice: (notice) => told.push(notice),
  });
  onTestFinished(() => manager.close());
  const bytes = writeTorchZip([1]);
  const source = { chunks: [bytes], size: bytes.length };
  const { id, warnings } = await manager.saveBestModel({ source, reward: 1 });
  await manager.look();
  return { manager, id, warnings, told };
}

test('Told to be done means durable: where the file system does not confirm it, each operation says so', async () => {
  const { manager, id, warnings, told } = await openUnsynced();
  expect(warnings).toEqual([notDurable]);
  const saysSo = async (what: () => Promise<unknown>) => {
    told.length = 0;
    await what();
    expect(told, String(what)).toEqual([notDurable]);
  };
  await saysSo(() => manager.backups.create(new Set([id])));
  const [backup] = (await manager.backups.list()).backups;
  await saysSo(() => manager.moveToTrash([id]));
  await saysSo(() => manager.undo());
  await saysSo(() => manager.exportVersions([id], temporaryFolder()));
  await manager.moveToTrash([id]);
  await saysSo(() => manager.backups.restore(String(backup?.manifest.id), null));
});
