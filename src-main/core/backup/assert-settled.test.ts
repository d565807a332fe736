import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

test('a version that an interrupted operation still has in its hands is not exported; the others are', async () => {
  const run = temporaryFolder();
  const [model, other] = [saveModel(run, 1), saveModel(run, 2)];
  for (const id of [model, other]) utimesSync(join(run, id), 1000, 1000);
  const disk = new FaultDisk(realDisk);
  const manager = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => manager.close());
  await manager.look();
  disk.before = (call) => {
    if (call.startsWith('unlink')) throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  await expect(manager.moveToTrash([model])).rejects.toThrow();
  disk.before = () => undefined;
  const to = join(temporaryFolder(), 'out');
  await expect(manager.exportVersions([model], to)).rejects.toThrow('was interrupted');
  await manager.exportVersions([other], to);
  expect(readdirSync(to)).toHaveLength(2);
});
