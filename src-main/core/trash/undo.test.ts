import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

test('what is undone by itself is the newest operation that is no undo', async () => {
  const run = temporaryFolder();
  const id = saveModel(run, 1);
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  await manager.moveToTrash([id]);
  const save = (text: string) =>
    manager.saveCheckpoint({ source: { chunks: [Buffer.from(text)], size: text.length }, reward: 1 });
  const { id: checkpoint } = await save('first');
  await save('again');
  // What it takes back waits in the trash as an operation of its own.
  await manager.undo();
  expect((await manager.listTrash()).operations.map(({ kind }) => kind)).toEqual(['undo', 'trash']);
  expect((await manager.undo()).restored).toEqual([id]);
  expect(readFileSync(join(run, checkpoint), 'utf8')).toBe('first');
});

test('what is back byte for byte, as a restore brought it, is settled by an undo; other bytes stay, and keep what waits', async () => {
  const run = temporaryFolder();
  const ids = [1, 2, 3].map((number) => saveModel(run, number));
  const [first = '', second = '', third = ''] = ids;
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  const { manifest } = await manager.backups.create(new Set([first]));
  const operation = await manager.moveToTrash([first, second]);
  await manager.backups.restore(manifest.id, null);
  expect(await manager.undo(operation)).toMatchObject({ restored: [second], removed: [] });
  expect((await manager.listTrash()).operations.map(({ id }) => id)).not.toContain(operation);
  expect(ids.map((id) => existsSync(join(run, id)))).toEqual([true, true, true]);

  const again = await manager.moveToTrash([first, third]);
  await manager.backups.restore(manifest.id, null);
  const path = join(run, first);
  const bytes = readFileSync(path);
  writeFileSync(
    path,
    bytes.map((byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte)),
  );
  await expect(manager.undo(again)).rejects.toThrow(`cannot bring back ${first}`);
  expect(existsSync(join(run, third))).toBe(false);
  expect(readFileSync(join(run, keptPath(again, first))).equals(bytes)).toBe(true);
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

test('what undoing a restore brings back is told, and what leaves; what was the same already is neither', async () => {
  const run = temporaryFolder();
  const ids = [1, 2, 3].map((number) => saveModel(run, number));
  const [lost = '', changed = ''] = ids;
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  const { manifest } = await manager.backups.create(new Set(ids));
  rmSync(join(run, lost));
  writeFileSync(join(run, changed), 'of a training');
  const { operation } = await manager.backups.restore(manifest.id, null);
  const { operations } = await manager.listTrash();
  expect(operations.map(({ versions }) => [...versions].sort())).toEqual([[lost, changed]]);
  expect(await manager.undo(operation)).toEqual({ operation, restored: [changed], removed: [lost] });
  expect(manager.log().at(-1)).toMatchObject({ command: 'undo', ids: [changed, lost] });
  const [undone] = (await manager.listTrash()).operations;
  expect(await manager.undo(undone?.id ?? null)).toMatchObject({ restored: [lost, changed], removed: [] });
});

test('what a restore brought back and somebody deleted since neither comes back nor leaves', async () => {
  const run = temporaryFolder();
  const ids = [1, 2].map((number) => saveModel(run, number));
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  const { manifest } = await manager.backups.create(new Set(ids));
  for (const id of ids) rmSync(join(run, id));
  const { operation } = await manager.backups.restore(manifest.id, null);
  const [first = '', second = ''] = ids;
  rmSync(join(run, first));
  expect(await manager.undo(operation)).toEqual({ operation, restored: [], removed: [second] });
});

test('the form that an undone save had given a version leaves, and the older one comes back', async () => {
  const run = temporaryFolder();
  const request = { source: { chunks: [Buffer.from('of a training')], size: 13 }, reward: 1 };
  const saveAs = async (compression: 'gzip' | null) => {
    const manager = new ModelManager(run, { appData: temporaryFolder(), config: { compression } });
    onTestFinished(() => manager.close());
    await manager.look();
    return { manager, saved: await manager.saveCheckpoint(request) };
  };
  const { saved: older } = await saveAs(null);
  const { saved: packed, manager } = await saveAs('gzip');
  expect(await manager.undo()).toMatchObject({ restored: [older.id], removed: [packed.id] });
});

test('what was replaced and has its name again keeps the rest of the operation from nothing', async () => {
  const run = temporaryFolder();
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  const save = (text: string) =>
    manager.saveCheckpoint({
      source: { chunks: [Buffer.from(text)], size: text.length },
      reward: text.length,
    });
  const { id } = await save('the first');
  const before = readFileSync(join(run, 'checkpoints/checkpoint.json'), 'utf8');
  const { replaced } = await save('another one');
  // As a save leaves it that was taken back: the old file by rename.
  renameSync(join(run, keptPath(String(replaced?.operation), id)), join(run, id));
  expect(await manager.undo()).toMatchObject({ operation: replaced?.operation });
  expect(readFileSync(join(run, id), 'utf8')).toBe('the first');
  expect(readFileSync(join(run, 'checkpoints/checkpoint.json'), 'utf8')).toBe(before);
});

test('an undo that would move what was pinned since to the trash is refused, as moving it there is', async () => {
  const run = temporaryFolder();
  const [id = ''] = [saveModel(run, 1), saveModel(run, 2)];
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  const { manifest } = await manager.backups.create(new Set([id]));
  await manager.moveToTrash([id]);
  const { operation } = await manager.backups.restore(manifest.id, null);
  await manager.look();
  await manager.mark([id], 'pin', (mark) => ({ ...mark, pinned: true }));
  await expect(manager.undo(operation)).rejects.toThrow(
    `cannot move ${id} to the trash — it is pinned — unpin it first`,
  );
  expect(existsSync(join(run, id))).toBe(true);
  await manager.mark([id], 'unpin', (mark) => ({ ...mark, pinned: false }));
  await manager.undo(operation);
  expect(existsSync(join(run, id))).toBe(false);
});

/** A checkpoint that was saved twice under its name. */
async function savedTwice() {
  const run = temporaryFolder();
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  const save = (text: string) =>
    manager.saveCheckpoint({ source: { chunks: [Buffer.from(text)], size: text.length }, reward: 1 });
  const { id } = await save('the first');
  const { replaced } = await save('another one');
  return { run, id, manager, save, operation: String(replaced?.operation) };
}

test('Nothing foreign is touched: what a training wrote over a save is not replaced by an undo of that save', async () => {
  const { run, id, manager, operation } = await savedTwice();
  writeFileSync(join(run, id), 'of a training');
  await expect(manager.undo(operation)).rejects.toThrow(
    `cannot bring back ${id} — another program wrote to it since — move that file away first`,
  );
  expect(readFileSync(join(run, id), 'utf8')).toBe('of a training');
  renameSync(join(run, id), join(run, 'theirs'));
  await manager.undo(operation);
  expect(readFileSync(join(run, id), 'utf8')).toBe('the first');
});

test('Nothing foreign is touched: nor what a training wrote while the save was under way, by the clock', async () => {
  const { run, id, manager, operation } = await savedTwice();
  writeFileSync(join(run, id), 'of a training');
  const log = join(run, '.cairn/log.jsonl');
  const entries = readFileSync(log, 'utf8').trimEnd().split('\n');
  const later = entries.map((line) => {
    const entry = JSON.parse(line);
    return { ...entry, at: new Date(Date.parse(entry.at) + 60_000).toISOString(), seconds: 120 };
  });
  writeFileSync(log, later.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  await expect(manager.undo(operation)).rejects.toThrow('another program wrote to it since');
  expect(readFileSync(join(run, id), 'utf8')).toBe('of a training');
});

test('a save that a later one replaced is undone all the same, and what stands there goes to the trash', async () => {
  const { run, id, manager, save, operation } = await savedTwice();
  await save('and a third');
  await manager.undo(operation);
  expect(readFileSync(join(run, id), 'utf8')).toBe('the first');
});

test('what comes back to a folder in which the run keeps no versions by now is told', async () => {
  const run = temporaryFolder();
  const opened = (best_models_dir: string) => {
    const told: string[] = [];
    const onNotice = (notice: string) => void told.push(notice);
    const manager = new ModelManager(run, {
      appData: temporaryFolder(),
      config: { best_models_dir },
      onNotice,
    });
    onTestFinished(() => manager.close());
    return { manager, told };
  };
  const ids = [saveModel(run, 1), saveModel(run, 2)];
  const before = opened('best_models');
  await before.manager.look();
  const operation = await before.manager.moveToTrash(ids);
  const { manager, told } = opened('elsewhere');
  expect((await manager.undo(operation)).restored.toSorted()).toEqual(ids.toSorted());
  expect(told).toEqual([
    expect.stringMatching(/^best_models\/\S+, and 1 more, are back, and not among the versions — /),
  ]);
  await before.manager.look();
  expect(before.manager.versions()).toHaveLength(2);
  expect(before.told).toEqual([]);
});

test('in a run that was copied, where every file has another time, an undo does what it did in the other', async () => {
  const { run, id, operation } = await savedTwice();
  const copy = join(temporaryFolder(), 'copy');
  cpSync(run, copy, { recursive: true });
  const manager = new ModelManager(copy, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.undo(operation);
  expect(readFileSync(join(copy, id), 'utf8')).toBe('the first');
});
