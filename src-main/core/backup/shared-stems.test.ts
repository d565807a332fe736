import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

async function open(run: string, config: Partial<StorageConfig> = {}): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

const save = (manager: ModelManager, name: string | undefined, reward: number) => {
  const text = `model of ${reward}`;
  const source = { chunks: [Buffer.from(text)], size: text.length };
  return manager.saveCheckpoint({ source, reward, ...(name === undefined ? {} : { name }) });
};

/** What is told of each version. */
async function told(run: string) {
  const manager = await open(run);
  await manager.verify(
    manager.versions().map(({ id }) => id),
    () => undefined,
  );
  return manager.versions().map(({ id, reward, integrity }) => [id, reward, integrity.state]);
}

const backUp = async (manager: ModelManager) =>
  (await manager.backups.create(new Set(manager.versions().map(({ id }) => id)))).manifest.id;

test('a restore puts no sidecar under another model: it is refused before and in the dry run', async () => {
  const run = temporaryFolder();
  const manager = await open(run);
  const { id } = await save(manager, 'a.pt', 0.1);
  const backup = await backUp(manager);
  await manager.moveToTrash([id]);
  await save(manager, 'a.zip', 0.9);
  const before = await told(run);
  const refusal =
    'checkpoints/a.pt is not restored — checkpoints/a.zip is there, and the two would share one sidecar, a.json — move that one to the trash first, or restore other versions alone';
  await expect(manager.backups.plan(backup, null)).rejects.toThrow(refusal);
  await expect(manager.backups.restore(backup, null)).rejects.toThrow(refusal);
  expect(await told(run)).toEqual(before);
});

test.each([null, 'gzip'] as const)(
  'a restore from before compression was changed from %s sets the other form aside, tells it, and can be undone',
  async (first) => {
    const run = temporaryFolder();
    const early = await open(run, { compression: first });
    const older = await save(early, undefined, 0.1);
    const backup = await backUp(early);
    const then = await told(run);
    const manager = await open(run, { compression: first === null ? 'gzip' : null });
    const newer = await save(manager, undefined, 0.9);
    const before = await told(run);
    const [planned] = await manager.backups.plan(backup, null);
    expect(planned).toMatchObject({ id: older.id, action: 'create', removed: [newer.id] });
    const { changes, operation } = await manager.backups.restore(backup, null);
    expect(changes).toEqual([planned]);
    expect(await told(run)).toEqual(then);
    expect(await manager.undo(operation)).toMatchObject({ restored: [newer.id], removed: [older.id] });
    expect(await told(run)).toEqual(before);
  },
);

test('a model that comes back takes no sidecar of another: an undo is refused until that one is moved', async () => {
  const run = temporaryFolder();
  const manager = await open(run);
  const { id } = await save(manager, 'a.pt', 0.1);
  await manager.moveToTrash([id]);
  put(run, 'checkpoints/a.zip', 'of a framework');
  await expect(manager.undo()).rejects.toThrow(
    'cannot bring back checkpoints/a.json — checkpoints/a.zip is there, and the two would share one sidecar, a.json — move that one to the trash first',
  );
  expect(existsSync(join(run, 'checkpoints/a.json'))).toBe(false);
  rmSync(join(run, 'checkpoints/a.zip'));
  expect((await manager.undo()).restored).toEqual([id]);
});

test('a packed model without a sidecar takes none of the other form when it comes back', async () => {
  const run = temporaryFolder();
  const bare = await open(run, { compression: 'gzip', save_metadata: false });
  const { id } = await save(bare, undefined, 0.1);
  await bare.moveToTrash([id]);
  const { id: other } = await save(await open(run), undefined, 0.9);
  await expect(bare.undo()).rejects.toThrow(`cannot bring back ${id} — ${other} is there`);
});

test('what shares a sidecar since a training made it so is restored as it was', async () => {
  const run = temporaryFolder();
  put(run, 'checkpoints/a.pt', 'one');
  put(run, 'checkpoints/a.zip', 'two');
  put(run, 'checkpoints/a.json', '{"reward": 1}');
  const manager = await open(run);
  const backup = await backUp(manager);
  writeFileSync(join(run, 'checkpoints/a.pt'), 'another');
  await manager.look();
  await manager.backups.restore(backup, ['checkpoints/a.pt']);
  expect(readFileSync(join(run, 'checkpoints/a.pt'), 'utf8')).toBe('one');
});
