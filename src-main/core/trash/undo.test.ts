import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { keptPath } from '../operations/operation.ts';

test('what a person moved back by hand keeps the rest of the operation from nothing', async () => {
  const run = temporaryFolder();
  const ids = [1, 2].map((number) => saveModel(run, number));
  const [first = '', second = ''] = ids;
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  const operation = await manager.moveToTrash(ids);
  renameSync(join(run, keptPath(operation, second)), join(run, second));
  expect((await manager.undo(operation)).restored).toEqual([first]);
  expect(ids.map((id) => existsSync(join(run, id)))).toEqual([true, true]);
});

test('what was trashed again after it was moved back by hand comes back with its own operation', async () => {
  const run = temporaryFolder();
  const ids = [1, 2].map((number) => saveModel(run, number));
  const [first = '', second = ''] = ids;
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  const operation = await manager.moveToTrash(ids);
  renameSync(join(run, keptPath(operation, second)), join(run, second));
  await manager.look();
  const again = await manager.moveToTrash([second]);
  expect((await manager.undo(operation)).restored).toEqual([first]);
  expect((await manager.undo(again)).restored).toEqual([second]);
});

test('the newest operation is undone first, though the log is gone', async () => {
  const run = temporaryFolder();
  const [first = '', second = ''] = [1, 2].map((number) => saveModel(run, number));
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  await manager.undo(await manager.moveToTrash([first]));
  await manager.moveToTrash([first]);
  rmSync(join(run, '.cairn/log.jsonl'));
  await manager.moveToTrash([second]);
  expect((await manager.undo()).restored).toEqual([second]);
});

test('a pinned version is not moved to the trash, nor are those that were chosen with it, until it is unpinned', async () => {
  const run = temporaryFolder();
  const ids = [1, 2].map((number) => saveModel(run, number));
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  const pin = (pinned: boolean) => manager.mark(ids.slice(0, 1), 'pin', (mark) => ({ ...mark, pinned }));
  await pin(true);
  await expect(manager.moveToTrash(ids)).rejects.toThrow(
    `cannot move ${ids[0]} to the trash — it is pinned — unpin it first`,
  );
  expect(ids.map((id) => existsSync(join(run, id)))).toEqual([true, true]);
  await pin(false);
  await manager.moveToTrash(ids);
  expect(ids.map((id) => existsSync(join(run, id)))).toEqual([false, false]);
});
