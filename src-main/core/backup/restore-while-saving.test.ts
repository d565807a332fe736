import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { lockRun } from '../lock/lock-run.ts';
import { ModelManager } from '../model-manager.ts';
import { backUp, open, runOf } from './backed-up-run.fixture.ts';

const request = {
  source: { chunks: [Buffer.from('of a training')], size: 13 },
  reward: 1,
  prune: false,
};

/** A backed up run of which a model is lost, and what restores it, doing this once its copy has been begun. */
async function prepare(meanwhile: (run: string) => Promise<unknown>) {
  const { run, ids, manager } = await runOf(1);
  const [id = ''] = ids;
  const backup = await backUp(manager, id);
  const path = join(run, id);
  const whole = readFileSync(path);
  rmSync(path);
  const disk = new FaultDisk(realDisk);
  let isDone = false;
  disk.before = async (call) => {
    if (isDone || !/^(?:clone|create) .*restored/.test(call)) return;
    isDone = true;
    await meanwhile(run);
  };
  const restoring = new ModelManager(run, { appData: temporaryFolder(), disk, wait: 0 });
  onTestFinished(() => restoring.close());
  const staged = () => readdirSync(dirname(path)).filter((name) => name.endsWith('.tmp'));
  return { run, path, whole, staged, restore: () => restoring.backups.restore(backup, null) };
}

test('a training saves while a restore copies, and does not wait for it', async () => {
  let saved = '';
  const { run, path, whole, restore } = await prepare(async (run) => {
    const training = await open(run, undefined, 0);
    saved = (await training.saveCheckpoint(request)).id;
  });
  expect((await restore()).operation).not.toBeNull();
  expect(readFileSync(join(run, saved), 'utf8')).toBe('of a training');
  expect(readFileSync(path)).toEqual(whole);
});

test('A failure changes nothing: a restore that does not get the lock once all is copied leaves nothing of it', async () => {
  let release: () => Promise<void> = async () => undefined;
  const { path, staged, restore } = await prepare(async (run) => {
    const lock = await lockRun(join(run, '.cairn'), 'save', 0);
    release = () => lock.release();
  });
  await expect(restore()).rejects.toThrow('is locked');
  await release();
  expect(existsSync(path)).toBe(false);
  expect(staged()).toEqual([]);
});

test('a backup that is deleted while it is copied is not restored, and that is said', async () => {
  const { path, staged, restore } = await prepare(async (run) => {
    rmSync(join(run, '.cairn/backups'), { recursive: true });
  });
  await expect(restore()).rejects.toThrow('the backup’s bytes no longer match their checksum');
  expect(existsSync(path)).toBe(false);
  expect(staged()).toEqual([]);
});

test('a restore into a run that must not be written to copies nothing', async () => {
  const { run, path, restore } = await prepare(() => Promise.reject(new Error('it copies')));
  chmodSync(run, 0o555);
  onTestFinished(() => chmodSync(run, 0o755));
  await expect(restore()).rejects.toThrow('read-only or belongs to someone else');
  expect(existsSync(path)).toBe(false);
});
