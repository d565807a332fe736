import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { backUp, backUpBefore, backUpTo, open, own, runOf } from './backed-up-run.fixture.ts';

test('an object that was damaged is fixed by the next backup of the same bytes', async () => {
  const { run, ids, manager } = await runOf(1);
  const id = await backUp(manager, ids[0]);
  for (const name of own(run, 'objects')) appendFileSync(join(run, '.cairn/backups/objects', name), 'rot');
  expect((await manager.backups.verify(null)).backups[0]?.manifest.state).toBe('damaged');
  await backUp(manager, ids[0]);
  expect((await manager.backups.verify(id)).backups[0]?.manifest.state).toBe('verified');
});

test('a damaged record of a backup is told, and limits, verifying and restoring go on without it', async () => {
  const { run, ids } = await runOf(3);
  const unlimited = await open(run);
  const lost = await backUpBefore(50, unlimited, ids[0]);
  const old = await backUpBefore(40, unlimited, ids[1]);
  const path = `.cairn/backups/manifests/${lost}.json`;
  put(run, path, '{');
  put(run, '.cairn/settings.yaml', 'backups: {max_age: 7d}');
  const limited = await open(run);
  const fresh = await backUp(limited, ids[2]);
  const { backups, problems } = await limited.backups.verify(null);
  expect(backups.map(({ manifest }) => manifest.id)).toEqual([fresh]);
  expect(problems.map((problem) => problem.path)).toEqual([path]);
  expect(limited.log().at(-2)).toMatchObject({ command: 'delete backup (their limits)', ids: [old] });
  rmSync(join(run, ids[2] ?? ''));
  await limited.backups.restore(fresh, null);
  expect(existsSync(join(run, ids[2] ?? ''))).toBe(true);
  await expect(limited.backups.restore(lost, null)).rejects.toThrow('its record is damaged');
  await expect(limited.backups.delete(lost)).rejects.toThrow('its record is damaged');
});

test('a copy in a damaged backup is no copy: the last whole one is not deleted', async () => {
  const { run, ids, manager } = await runOf(1);
  const elsewhere = join(temporaryFolder(), 'disk');
  const damaged = (await manager.backups.create(new Set(ids), { to: elsewhere })).manifest.id;
  const id = await backUp(manager, ids[0]);
  for (const name of readdirSync(join(elsewhere, 'objects')))
    writeFileSync(join(elsewhere, 'objects', name), 'rot');
  await manager.backups.verify(damaged);
  rmSync(join(run, ids[0] ?? ''));
  await expect(manager.backups.delete(id)).rejects.toThrow('holds the last copy of');
  await manager.backups.restore(id, null);
  await manager.backups.delete(id);
  expect(own(run, 'objects')).toEqual([]);
});

test('however many backups are verified or compared, few files are open at once', async () => {
  const { run, ids } = await runOf(12);
  const disk = new FaultDisk(realDisk);
  const manager = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => manager.close());
  await manager.look();
  for (const id of ids) await backUp(manager, id);
  const all = await backUp(manager, ...ids);
  let [open, most] = [0, 0];
  disk.before = (call) => {
    if (call.startsWith('open')) open += 1;
    else if (call === 'close') open -= 1;
    most = Math.max(most, open);
  };
  await manager.backups.verify(null);
  await manager.backups.plan(all, null);
  expect(most).toBeLessThanOrEqual(8);
});

test('a backup that another run deletes while it is verified is not told to be damaged', async () => {
  const { run, ids, manager } = await runOf(1);
  const to = join(temporaryFolder(), 'shared');
  const id = await backUpTo(to, manager, ids);
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (!call.startsWith(`lookAt ${join(to, 'objects')}/`)) return;
    for (const path of [call.slice(7), join(to, 'manifests', `${id}.json`)]) rmSync(path, { force: true });
  };
  const reader = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => reader.close());
  expect((await reader.backups.verify(null)).backups).toEqual([]);
});

test('a backup in a folder that may only be read is verified, and what came of it told', async () => {
  const { run, ids, manager } = await runOf(1);
  const to = join(temporaryFolder(), 'disk');
  const id = await backUpTo(to, manager, ids);
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (call.startsWith(`create ${to}`)) throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
  };
  const reader = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => reader.close());
  expect((await reader.backups.verify(id)).backups[0]?.manifest.state).toBe('verified');
  for (const name of readdirSync(join(to, 'objects'))) appendFileSync(join(to, 'objects', name), 'rot');
  expect((await reader.backups.verify(id)).backups[0]?.manifest.state).toBe('damaged');
});

test('while a backup is read again, others write to the run', async () => {
  const { run, ids, manager } = await runOf(1);
  const id = await backUp(manager, ...ids);
  const other = await open(run, temporaryFolder(), 0);
  const disk = new FaultDisk(realDisk);
  let saves = 0;
  disk.before = async (call) => {
    if (!call.startsWith('open ') || !call.includes('/objects/')) return;
    saves += 1;
    await other.saveCheckpoint({ source: { chunks: [Buffer.from('x')], size: 1 }, reward: 1 });
  };
  const reader = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => reader.close());
  expect((await reader.backups.verify(id)).backups[0]?.manifest.state).toBe('verified');
  expect(saves).toBeGreaterThan(0);
});

test('an object that is fixed once it was read is read again', async () => {
  const { run, ids, manager } = await runOf(1);
  const id = await backUp(manager, ...ids);
  const [name = ''] = own(run, 'objects');
  const object = join(run, '.cairn/backups/objects', name);
  const whole = readFileSync(object);
  writeFileSync(object, 'rot');
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    // It is put on record with the run's lock held.
    if (call.includes('/.cairn/lock') || call.includes('intents')) writeFileSync(object, whole);
  };
  const reader = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => reader.close());
  expect((await reader.backups.verify(id)).backups[0]?.manifest.state).toBe('verified');
});
