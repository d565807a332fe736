import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { intentFolder, trashFolder } from '../operations/operation.ts';

const bytes = writeTorchZip([1]);
const source = () => ({ chunks: [bytes], size: bytes.length });

/** A run of which versions 1, 2 and 3 went to the trash, a day after one another, and the record of one of these is damaged. */
async function damagedRun(damaged: 1 | 2 | 3) {
  const run = temporaryFolder();
  const ids = [1, 2, 3].map((number) => saveModel(run, number));
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  const operations: string[] = [];
  for (const [index, id] of ids.entries()) {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(`2026-01-0${index + 1}T00:00:00Z`) });
    operations.push(await manager.moveToTrash([id]).finally(() => vi.useRealTimers()));
  }
  const operation = operations[damaged - 1] ?? '';
  writeFileSync(join(run, trashFolder, operation, 'manifest.json'), '{');
  const kept = join(run, trashFolder, operation, 'files', ids[damaged - 1] ?? '');
  return { run, ids, manager, operations, operation, kept };
}

test('a save takes no number that is in the trash, whatever became of the records', async () => {
  const { run, manager, operation } = await damagedRun(3);
  expect((await manager.saveBestModel({ source: source(), reward: 1 })).version).toBe(4);
  rmSync(join(run, trashFolder, operation, 'manifest.json'));
  expect((await manager.saveBestModel({ source: source(), reward: 1 })).version).toBe(5);
});

test('other operations are undone; the damaged one says what to do', async () => {
  const { run, ids, manager, operations, operation } = await damagedRun(2);
  expect((await manager.undo(operations[0])).restored).toEqual([ids[0]]);
  expect(existsSync(join(run, ids[0] ?? ''))).toBe(true);
  await expect(manager.undo(operation)).rejects.toThrow(
    `cannot undo ${operation} — its record is damaged — move its files back by hand from ${trashFolder}/${operation}/files, or delete them for good: cairn trash --empty --yes ${run} ${operation}`,
  );
});

test('what is newest is not guessed where its record is damaged', async () => {
  const { manager, operation } = await damagedRun(3);
  await expect(manager.undo()).rejects.toThrow(
    `cannot tell what to undo — the record of operation ${operation} is damaged, and it may be the newest`,
  );
});

test('an older operation whose record is damaged leaves no doubt of what is newest', async () => {
  const { ids, manager } = await damagedRun(1);
  expect((await manager.undo()).restored).toEqual([ids[2]]);
});

test('what is damaged goes neither by limits nor with the rest, but by its name', async () => {
  const { run, ids, manager, operation, kept } = await damagedRun(1);
  put(run, '.cairn/settings.yaml', 'trash: {max_age: 0d, max_size: 0}');
  const limited = new ModelManager(run, { config: {} });
  await limited.saveCheckpoint({ source: source(), reward: 1 });
  await limited.saveCheckpoint({ source: source(), reward: 1 });
  const emptied = await manager.emptyTrash();
  expect(emptied.operations).toHaveLength(2);
  expect(emptied.problems).toHaveLength(1);
  expect(existsSync(kept)).toBe(true);
  const plan = await manager.planEmptying({ ids: [operation] });
  const files = [ids[0], ids[0]?.replace('.pt', '.json')].toSorted();
  expect(plan.damaged).toEqual([{ id: operation, files, bytes: plan.bytes }]);
  expect(plan.problems).toEqual([]);
  expect(plan.bytes).toBeGreaterThan(0);
  expect(existsSync(kept)).toBe(true);
  await manager.emptyTrash({ ids: [operation] });
  expect(readdirSync(join(run, trashFolder))).toEqual([]);
  expect(manager.log().at(-1)).toMatchObject({ command: 'empty trash', ids: [operation] });
});

test('only operations that are named are emptied, and one that is not there is said', async () => {
  const { manager, operations } = await damagedRun(2);
  await expect(manager.emptyTrash({ ids: [operations[0] ?? '', 'other'] })).rejects.toThrow(
    'no operation “other”',
  );
  await manager.emptyTrash({ ids: [operations[0] ?? ''] });
  expect((await manager.listTrash()).operations.map(({ id }) => id)).toEqual([operations[2]]);
});

test('the damaged record of an interrupted operation is told, and the rest is listed with it', async () => {
  const { run, manager } = await damagedRun(2);
  const path = put(run, `${intentFolder}/save-1.json`, '{').slice(run.length + 1);
  const told = { path, problem: expect.stringContaining('--set-aside=save-1') };
  const { operations, problems } = await manager.listTrash();
  expect(operations).toHaveLength(2);
  expect(problems).toEqual([told, expect.anything()]);
  await manager.look();
  expect(manager.problems).toContainEqual(told);
});
