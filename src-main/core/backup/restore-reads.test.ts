import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { backUp, runOf } from './backed-up-run.fixture.ts';

/** A backed up run, and a disk to restore it with that tells of each call on its model. */
async function prepare() {
  const { run, ids, manager } = await runOf(1);
  const [id = ''] = ids;
  const backup = await backUp(manager, id);
  const disk = new FaultDisk(realDisk);
  const restoring = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => restoring.close());
  const path = join(run, id);
  return {
    path,
    disk,
    opened: () => disk.calls.filter((call) => call === `open ${path}`).length,
    restore: () => restoring.backups.restore(backup, null),
  };
}

test('a restore reads what stands in its place once', async () => {
  const { opened, restore } = await prepare();
  expect((await restore()).operation).toBeNull();
  expect(opened()).toBe(1);
});

test('what was the same and is written to before all is in place keeps everything as it is, and it is said', async () => {
  const { path, disk, restore } = await prepare();
  let looks = 0;
  disk.before = (call) => {
    if (call !== `lookAt ${path}`) return;
    looks += 1;
    if (looks === 2) writeFileSync(path, 'what the trainer saved');
  };
  await expect(restore()).rejects.toThrow('changed on disk — another program saved it meanwhile');
  expect(readFileSync(path, 'utf8')).toBe('what the trainer saved');
});

test('what somebody saves while the backup is copied is not replaced: nothing is restored, and it is said', async () => {
  const { path, disk, restore } = await prepare();
  appendFileSync(path, 'changed');
  let saved = '';
  disk.before = (call) => {
    if (saved !== '' || !/^(clone|create) .*restored/.test(call)) return;
    saved = call;
    writeFileSync(path, 'what the trainer saved');
  };
  await expect(restore()).rejects.toThrow('changed on disk — another program saved it meanwhile');
  expect(saved).not.toBe('');
  expect(readFileSync(path, 'utf8')).toBe('what the trainer saved');
});
