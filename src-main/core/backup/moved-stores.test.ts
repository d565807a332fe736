import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
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
