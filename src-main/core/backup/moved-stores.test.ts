import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Disk, realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { backUp, backUpTo, runOf } from './backed-up-run.fixture.ts';

const missing =
  'backups of this run are also in this folder, which is not there now: mount it, or name where it is with --from';

test('a folder of backups that was moved, or is not mounted, is told: it is not as if there were none', async () => {
  const { ids, manager } = await runOf(1);
  const parent = temporaryFolder();
  const [store, moved] = [join(parent, 'store'), join(parent, 'moved')];
  mkdirSync(store);
  const id = await backUpTo(store, manager, ids);
  expect((await manager.backups.list()).problems).toEqual([]);
  renameSync(store, moved);
  expect(await manager.backups.list()).toEqual({
    backups: [],
    problems: [{ path: store, problem: missing }],
  });
  // As an empty place for a mount has it.
  mkdirSync(store);
  expect((await manager.backups.list()).problems).toEqual([{ path: store, problem: missing }]);
  expect((await manager.backups.list(moved)).backups.map(({ manifest }) => manifest.id)).toEqual([id]);
  const own = await backUp(manager, ...ids);
  const { backups, problems } = await manager.backups.list();
  expect(backups.map(({ manifest }) => manifest.id)).toEqual([own]);
  expect(problems).toHaveLength(1);
});

test('a backup whose disk goes before it is on record is not made on the one that is there then', async () => {
  const { run, ids } = await runOf(1);
  const to = temporaryFolder();
  let copied = false;
  const disk: Disk = {
    ...realDisk,
    rename: async (from, name) => {
      await realDisk.rename(from, name);
      copied ||= name.startsWith(`${to}/objects/`);
    },
    lookAt: async (path) => {
      const look = await realDisk.lookAt(path);
      return look && path === to && copied ? { ...look, dev: look.dev + 1 } : look;
    },
  };
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {}, disk });
  onTestFinished(() => manager.close());
  await manager.look();
  await expect(manager.backups.create(new Set(ids), { to })).rejects.toThrow(
    /^nothing was backed up — the disk of .* is gone, or another one is in its place — connect it, then/,
  );
  expect(copied).toBe(true);
  expect(readdirSync(to)).toEqual([]);
});

test('a store that goes while its backups are verified is not made anew: it is told that it is not there', async () => {
  const { ids, manager } = await runOf(1);
  const parent = temporaryFolder();
  const [store, away] = [join(parent, 'store'), join(parent, 'away')];
  mkdirSync(store);
  await backUpTo(store, manager, ids);
  const own = await backUp(manager, ...ids);
  const onBytes = () => {
    if (existsSync(store)) renameSync(store, away);
  };
  const { backups } = await manager.backups.verify(null, null, { onBytes });
  expect(backups.map(({ manifest }) => manifest.id)).toEqual([own]);
  expect(existsSync(store)).toBe(false);
  expect((await manager.backups.list()).problems).toEqual([{ path: store, problem: missing }]);
});

test('a backup of another run in a shared folder is deleted only where that is said, and the run is named', async () => {
  const [mine, other] = [await runOf(1), await runOf(1)];
  const store = temporaryFolder();
  await backUpTo(store, mine.manager, mine.ids);
  const id = await backUpTo(store, other.manager, other.ids);
  await expect(mine.manager.backups.delete(id, store)).rejects.toThrow(
    `backup ${id} was not deleted — it is one of another run, ${other.run} — add --other-run`,
  );
  expect((await other.manager.backups.list()).backups).toHaveLength(1);
  await mine.manager.backups.delete(id, store, true);
  expect((await other.manager.backups.list()).backups).toHaveLength(0);
});
