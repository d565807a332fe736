import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

/** A run whose checkpoint was overwritten twice; gives these two operations. */
async function overwrittenTwice() {
  const run = temporaryFolder();
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  const ids: string[] = [];
  for (const text of ['first', 'second', 'third'])
    ids.push(
      (
        await manager.saveCheckpoint({
          source: { chunks: [Buffer.from(text)], size: text.length },
          reward: 1,
        })
      ).id,
    );
  const [later = '', earlier = ''] = (await manager.listTrash()).operations.map(({ id }) => id);
  return { manager, path: join(run, ids[0] ?? ''), id: ids[0] ?? '', earlier, later };
}

test('an earlier save is undone where only the log still tells that a later one of Cairn came over it', async () => {
  const { manager, path, id, earlier, later } = await overwrittenTwice();
  await manager.emptyTrash({ ids: [later] });
  await manager.undo(earlier);
  expect(readFileSync(path, 'utf8')).toBe('first');
  const { operations } = await manager.listTrash();
  expect(operations).toMatchObject([{ kind: 'undo', versions: [id] }]);
});

test('Nothing foreign is touched: what another program wrote over the later one is not taken for that', async () => {
  const { manager, path, id, earlier, later } = await overwrittenTwice();
  await manager.emptyTrash({ ids: [later] });
  put(manager.root, id, 'theirs');
  await expect(manager.undo(earlier)).rejects.toThrow('another program wrote to it since');
  expect(readFileSync(path, 'utf8')).toBe('theirs');
});
