import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

async function markedRun() {
  const run = temporaryFolder();
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  const save = async (text: string, notes: string | null = null) => {
    const bytes = Buffer.from(text.repeat(100));
    const source = { chunks: [bytes], size: bytes.length };
    const saved = await manager.saveCheckpoint({
      source,
      name: 'foo.pt',
      reward: 1,
      ...(notes ? { metadata: { notes } } : {}),
    });
    await manager.look();
    return saved;
  };
  const { id } = await save('first');
  await manager.mark([id], 'note', (mark) => ({
    ...mark,
    notes: 'the good one',
    tags: ['prod'],
    pinned: false,
  }));
  const noted = async () => {
    await manager.look();
    const { notes, tags } = manager.known(id);
    return { notes, tags };
  };
  return { run, manager, id, save, noted };
}

const good = { notes: 'the good one', tags: ['prod'] };

test('a save over a name with notes and tags is shown with its own, and undo brings the old ones back', async () => {
  const { manager, save, noted } = await markedRun();
  const { replaced } = await save('second', 'broken');
  expect(await noted()).toEqual({ notes: 'broken', tags: [] });
  await manager.undo(replaced?.operation ?? null);
  expect(await noted()).toEqual(good);
});

test('what is saved under the name of a version in the trash has none of its notes and tags, which come back with it', async () => {
  const { manager, id, save, noted } = await markedRun();
  const operation = await manager.moveToTrash([id]);
  await save('second');
  expect(await noted()).toMatchObject({ tags: [] });
  expect((await noted()).notes).not.toBe(good.notes);
  await manager.moveToTrash([id]);
  await manager.undo(operation);
  expect(await noted()).toEqual(good);
});

test('what was noted of the bytes that an undo takes away comes back with those', async () => {
  const { manager, id, save, noted } = await markedRun();
  const { replaced } = await save('second');
  await manager.mark([id], 'note', (mark) => ({ ...mark, notes: 'of the second' }));
  const undone = await manager.undo(replaced?.operation ?? null);
  expect(await noted()).toEqual(good);
  expect(undone.operation).toBe(replaced?.operation);
});

test('a pin stays with the name', async () => {
  const { manager, id, save } = await markedRun();
  await manager.mark([id], 'pin', (mark) => ({ ...mark, pinned: true }));
  await save('second');
  expect(manager.known(id)).toMatchObject({ pinned: true, tags: [] });
});

test('a save over what a person removed by hand has none of its notes', async () => {
  const { run, id, save, noted } = await markedRun();
  rmSync(join(run, id));
  await save('second', 'mine');
  expect(await noted()).toEqual({ notes: 'mine', tags: [] });
});

test('a save is done where notes cannot be put aside, and that is said', async () => {
  const { run, id, save, noted } = await markedRun();
  put(run, '.cairn/marks-aside.json', '{');
  const { warnings } = await save('second');
  expect(warnings.join('\n')).toContain('notes and tags stay with the names they were given to');
  expect(id).toBe('checkpoints/foo.pt');
  expect(await noted()).toEqual(good);
});

test('notes of what went to the trash come back with its bytes from a backup too', async () => {
  const { manager, id, noted } = await markedRun();
  const { manifest } = await manager.backups.create(new Set([id]));
  await manager.moveToTrash([id]);
  await manager.emptyTrash();
  await manager.backups.restore(manifest.id, null);
  expect(await noted()).toEqual(good);
});

test('a prune takes notes and tags along, and undo brings them back', async () => {
  const { manager, id, save, noted } = await markedRun();
  const bytes = Buffer.from('a better one');
  const source = { chunks: [bytes], size: bytes.length };
  await manager.saveCheckpoint({ source, name: 'bar.pt', reward: 2 });
  await manager.look();
  const { operation } = await manager.prune({
    keepBest: 1,
    keepLatest: null,
    keepEvery: null,
    kinds: 'all',
  });
  await save('second');
  expect(await noted()).toMatchObject({ tags: [] });
  await manager.moveToTrash([id]);
  await manager.undo(operation);
  expect(await noted()).toEqual(good);
});
