import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { lockFolder } from '../lock/lock-run.ts';
import { ModelManager } from '../model-manager.ts';
import { backUp, backUpTo, open, runOf } from './backed-up-run.fixture.ts';

test('a damaged list of stores is told: the run’s own backups are there, and no other store is forgotten for a new one', async () => {
  const { run, ids, manager } = await runOf(1);
  const stores = [0, 1].map(() => join(temporaryFolder(), 'disk'));
  await manager.backups.create(new Set(ids), { to: stores[0] ?? '' });
  const id = await backUp(manager, ids[0]);
  const path = join(run, '.cairn/stores.json');
  const text = readFileSync(path);
  writeFileSync(path, '{');
  const { backups, problems } = await manager.backups.list();
  expect(backups.map(({ manifest }) => manifest.id)).toEqual([id]);
  expect(problems).toEqual([{ path: '.cairn/stores.json', problem: expect.stringContaining('is damaged') }]);
  await expect(manager.backups.create(new Set(ids), { to: stores[1] ?? '' })).rejects.toThrow(
    'cannot tell where backups of this run are',
  );
  expect(readFileSync(path, 'utf8')).toBe('{');
  expect(existsSync(stores[1] ?? '')).toBe(false);
  writeFileSync(path, text);
  expect((await manager.backups.list()).backups).toHaveLength(2);
});

test('a store that cannot be read is told, and what is in the others is listed and restored', async () => {
  const { run, ids, manager } = await runOf(1);
  const elsewhere = join(temporaryFolder(), 'disk');
  await manager.backups.create(new Set(ids), { to: elsewhere });
  const id = await backUp(manager, ids[0]);
  rmSync(elsewhere, { recursive: true });
  symlinkSync(elsewhere, elsewhere);
  const { backups, problems } = await manager.backups.list();
  expect(backups.map(({ manifest }) => manifest.id)).toEqual([id]);
  expect(problems).toEqual([{ path: elsewhere, problem: expect.stringContaining('cannot be read') }]);
  rmSync(join(run, ids[0] ?? ''));
  await expect(manager.backups.delete(id)).rejects.toThrow('holds the last copy of');
  await manager.backups.restore(id, null);
  expect(existsSync(join(run, ids[0] ?? ''))).toBe(true);
});

test('a damaged identity of the run is told, and never replaced by a new one', async () => {
  const { run, ids, manager } = await runOf(1);
  const id = await backUp(manager, ids[0]);
  const path = put(run, '.cairn/run.json', '{"format": 1, "id": "no');
  const { backups, problems } = await manager.backups.list();
  expect(backups.map(({ manifest }) => manifest.id)).toEqual([id]);
  expect(problems).toEqual([{ path: '.cairn/run.json', problem: expect.stringContaining('is damaged') }]);
  await expect(backUp(manager, ids[0])).rejects.toThrow('would make the run forget its backups');
  expect(readFileSync(path, 'utf8')).toBe('{"format": 1, "id": "no');
});

test('several runs share one folder of backups, each sees its own, and equal bytes are there once', async () => {
  const [one, other] = [await runOf(1), await runOf(1)];
  const to = join(temporaryFolder(), 'shared');
  for (const { manager, ids } of [one, other]) await manager.backups.create(new Set(ids), { to });
  expect(readdirSync(join(to, 'manifests'))).toHaveLength(2);
  expect((await one.manager.backups.list()).backups).toHaveLength(1);
  // The model is the same file in both; the sidecars are too.
  expect(readdirSync(join(to, 'objects'))).toHaveLength(2);
});

test('while one run backs up to a shared folder, another may too, but not delete from it', async () => {
  const { run, ids, manager } = await runOf(1);
  const to = join(temporaryFolder(), 'shared');
  const { manifest } = await manager.backups.create(new Set(ids), { to });
  const lock = await lockFolder(to, { what: 'it', command: 'backup', wait: 0, shared: true });
  const hasty = await open(run, temporaryFolder(), 0);
  await hasty.backups.create(new Set(ids), { to });
  await expect(hasty.backups.delete(manifest.id)).rejects.toThrow(/the backup folder .* is locked/);
  expect((await hasty.backups.list()).backups).toHaveLength(2);
  await lock.release();
  await hasty.backups.delete(manifest.id);
  expect((await hasty.backups.list()).backups).toHaveLength(1);
});

test('that backups are in a folder elsewhere is durable once one is told to be made', async () => {
  const { run, ids } = await runOf(1);
  const disk = new FaultDisk(realDisk);
  const manager = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => manager.close());
  await manager.look();
  await backUpTo(join(temporaryFolder(), 'disk'), manager, ids);
  const own = join(run, '.cairn');
  const named = disk.calls.findIndex(
    (call) => call.startsWith('rename') && call.endsWith(join(own, 'stores.json')),
  );
  expect(named).toBeGreaterThan(0);
  expect(disk.calls.slice(named)).toContain(`syncFolder ${own}`);
});

test('a run that must not be written to is noted, backed up and read, and nothing in it changes', async () => {
  const { run, ids } = await runOf(1);
  const appData = temporaryFolder();
  const before = readdirSync(run, { recursive: true }).sort();
  chmodSync(run, 0o555);
  onTestFinished(() => chmodSync(run, 0o755));
  const manager = await open(run, appData);
  const [model = ''] = ids;
  await manager.mark([model], 'pin', (mark) => ({ ...mark, pinned: true }));
  const id = await backUp(manager, model);
  expect((await open(run, appData)).version(model)).toMatchObject({ pinned: true, backups: 1 });
  expect((await manager.backups.verify(id)).backups[0]?.manifest.state).toBe('verified');
  expect(manager.log().map(({ command }) => command)).toEqual(['pin', 'backup', 'verify backups']);
  await expect(manager.backups.restore(id, null)).rejects.toThrow('read-only or belongs to someone else');
  await expect(manager.moveToTrash([model])).rejects.toThrow('read-only or belongs to someone else');
  expect(readdirSync(run, { recursive: true }).sort()).toEqual(before);
});

test('a store within the run is refused, and nothing is made for it', async () => {
  const { run, ids, manager } = await runOf(1);
  const to = join(run, 'best_models', 'copies');
  await expect(async () => manager.backups.create(new Set(ids), { to })).rejects.toThrow(
    'it is part of the run',
  );
  expect(existsSync(to)).toBe(false);
});

test.skipIf(process.platform === 'win32')(
  'whoever may write to a folder of backups may lock it, and nobody else may',
  async () => {
    const { ids, manager } = await runOf(1);
    for (const [mode, expected] of [
      [0o777, 0o666],
      [0o770, 0o660],
      [0o755, 0o644],
    ] as const) {
      const to = temporaryFolder();
      chmodSync(to, mode);
      await backUpTo(to, manager, ids);
      expect(statSync(join(to, 'lock')).mode & 0o777).toBe(expected);
    }
  },
);
