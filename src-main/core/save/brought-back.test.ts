import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { keptPath } from '../operations/operation.ts';

/** A run that keeps one best model, and nothing in its trash that went there by itself. */
async function smallRun() {
  const run = temporaryFolder();
  put(run, '.cairn/settings.yaml', 'trash:\n  max_size: 0\n');
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: { max_best_models: 1 } });
  onTestFinished(() => manager.close());
  await manager.look();
  const save = async (reward: number) => {
    const source = { chunks: [Buffer.from(`model ${reward}`)], size: `model ${reward}`.length };
    const saved = await manager.saveBestModel({ source, reward });
    await manager.look();
    return saved;
  };
  return { run, manager, save };
}

test('what a person brought back is not deleted by the limits of what saves move by themselves', async () => {
  const { run, manager, save } = await smallRun();
  const { id } = await save(0.1);
  await manager.undo(await manager.moveToTrash([id]));
  const saved = await save(0.5);
  const [operation] = (await manager.listTrash()).operations.filter(({ kind }) => kind === 'prune');
  expect(existsSync(join(run, keptPath(String(operation?.id), id)))).toBe(true);
  expect(saved.pruned).toEqual([id]);
  expect(saved.warnings.join()).toContain(`${id} had been brought back, and no rule keeps it`);
  await save(0.9);
  expect((await manager.undo(operation?.id ?? null)).restored).toEqual([id]);
});

test('what nobody brought back goes within the limits', async () => {
  const { manager, save } = await smallRun();
  await save(0.1);
  const { pruned, emptied } = await save(0.5);
  expect(emptied).toEqual(pruned);
  expect((await manager.listTrash()).operations).toEqual([]);
});
