import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { StorageConfig } from '../../shared/model/storage-config.ts';
import { saveModel, sha256 } from './catalog/run.fixture.ts';
import { temporaryFolder } from './files/temporary-folder.fixture.ts';
import { writeTorchZip } from './formats/fixtures/write-torch.ts';
import { ModelManager } from './model-manager.ts';

async function open(run: string, config: Partial<StorageConfig> = {}): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

function runOf(
  rewards: number[],
  sidecar: Record<string, unknown> | null = {},
): { run: string; ids: string[] } {
  const run = temporaryFolder();
  const ids = rewards.map((reward, index) => saveModel(run, index + 1, { reward, sidecar }));
  return { run, ids };
}

const damage = (run: string, id: string) => appendFileSync(join(run, id), 'rot');

test('best is truly the best intact one, and what was passed over is said', async () => {
  const { run, ids } = runOf([0.1, 0.9, 0.5]);
  damage(run, ids[1] ?? '');
  const { state, passedOver } = await (await open(run)).loadModel('best');
  expect(state.file).toMatchObject({ id: ids[2], path: join(run, ids[2] ?? '') });
  expect(state.metadata).toMatchObject({ reward: 0.5, version: 3 });
  expect(passedOver.map(({ id }) => id)).toEqual([ids[1]]);
});

test('latest is the newest intact one; where none is, that is said', async () => {
  const { run, ids } = runOf([0.1, 0.2]);
  damage(run, ids[1] ?? '');
  expect((await (await open(run)).loadModel('latest')).state.file.id).toBe(ids[0]);
  damage(run, ids[0] ?? '');
  await expect((await open(run)).loadModel('best')).rejects.toThrow('no best version — 2 were passed over');
});

test('what is neither best, latest nor an id loads nothing', async () => {
  const manager = await open(runOf([0.1]).run);
  await expect(manager.loadModel('worst' as 'best')).rejects.toThrow('“worst” — it is neither best, latest');
});

test('what is not in the run goes to no trash, and is in no log', async () => {
  const manager = await open(runOf([0.1]).run);
  await expect(manager.moveToTrash(['best_models/none.pt'])).rejects.toMatchObject({ code: 'ModelNotFound' });
  expect((await manager.listTrash()).operations).toEqual([]);
});

test('a load hands back where the training stood, and how to read the bytes', async () => {
  const { run, ids } = runOf([0.5], { training_state: { global_step: 7, best_reward: '<NaN>' } });
  const { state, warnings } = await (await open(run)).loadModel({ id: ids[0] ?? '' });
  expect(state.trainingState).toMatchObject({ global_step: 7, best_reward: Number.NaN });
  expect(state.file.checksum).toMatch(/^[0-9a-f]{64}$/);
  expect(warnings).toEqual([]);
});

test('validate_on_load decides whether bytes that contradict their checksum are handed out', async () => {
  const { run, ids } = runOf([0.5]);
  const [id = ''] = ids;
  damage(run, id);
  await expect((await open(run)).loadModel({ id })).rejects.toThrow(
    /^cannot load .* — (?:torn|mismatch): .* — restore it from a backup$/,
  );
  const unchecked = await open(run, { validate_on_load: false });
  expect((await unchecked.loadModel({ id })).state.file.id).toBe(id);
});

test('require_metadata refuses a model without a sidecar', async () => {
  const { run, ids } = runOf([0.5], null);
  const which = { id: ids[0] ?? '' };
  expect((await (await open(run)).loadModel(which)).state.metadata).toMatchObject({
    version: 1,
    reward: 0.5,
  });
  await expect((await open(run, { require_metadata: true })).loadModel(which)).rejects.toThrow(
    'require_metadata is on',
  );
});

test('strict_mode makes an error of every fault of the record, all at once; else they are warnings', async () => {
  const { run, ids } = runOf([0.5], { episode_count: 'many', timestamp: 'yesterday' });
  const which = { id: ids[0] ?? '' };
  const { warnings } = await (await open(run)).loadModel(which);
  expect(warnings.join()).toMatch(/episode_count.*timestamp|timestamp.*episode_count/);
  await expect((await open(run, { strict_mode: true })).loadModel(which)).rejects.toThrow(
    /episode_count.*strict_mode off$/,
  );
});

test('the checkpoint is the configured one, or another by its name', async () => {
  const run = temporaryFolder();
  const id = saveModel(run, 4, { folder: 'checkpoints' });
  const name = id.slice('checkpoints/'.length);
  const manager = await open(run, { checkpoint_name: name });
  expect((await manager.loadCheckpoint()).state.file.id).toBe(id);
  expect((await manager.loadCheckpoint(name)).state.file.id).toBe(id);
  await expect(manager.loadCheckpoint('other.pt')).rejects.toThrow('it is not in this run');
});

test('getBestModels ranks by the metric and direction of the config, at most so many, NaN last, broken ones never', async () => {
  const run = temporaryFolder();
  const losses = [0.3, 0.1, 0.2, '<NaN>'];
  const ids = losses.map((loss, index) =>
    saveModel(run, index + 1, { reward: 1, sidecar: { metrics: { loss } } }),
  );
  const manager = await open(run, { best_model_selection_metric: 'loss', best_model_selection_mode: 'min' });
  expect(manager.getBestModels().map(({ id }) => id)).toEqual([ids[1], ids[2], ids[0]]);
  expect(manager.getBestModels(1).map(({ id }) => id)).toEqual([ids[1]]);
  expect(manager.getBestModelInfo()?.id).toBe(ids[1]);
  rmSync(join(run, ids[1] ?? ''));
  await manager.look();
  expect(manager.getBestModelInfo()?.id).toBe(ids[2]);
});

test('getModelVersion is the version of that number, or null', async () => {
  const { run, ids } = runOf([0.1, 0.2]);
  const manager = await open(run);
  expect(manager.getModelVersion(2)?.id).toBe(ids[1]);
  expect(manager.getModelVersion(3)).toBeNull();
  expect((await open(temporaryFolder())).getBestModelInfo()).toBeNull();
});

test('best, latest and any that is asked for are those of the disk, without a look at the run before', async () => {
  const { run, ids } = runOf([0.9, 0.1]);
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  expect((await manager.loadModel('best')).state.file.id).toBe(ids[0]);
  saveModel(run, 3, { reward: 0.95 });
  expect((await manager.loadModel('best')).state.metadata).toMatchObject({ version: 3 });
  expect((await manager.latest()).id).toBe((await manager.best()).id);
});

test('what changed, was cut or went since it was verified is not handed out', async () => {
  const { run, ids } = runOf([0.9, 0.1]);
  const [id = '', other = ''] = ids;
  const manager = await open(run);
  await manager.loadModel({ id });
  const path = join(run, id);
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
  writeFileSync(path, bytes);
  await expect(manager.loadModel({ id })).rejects.toThrow(/^cannot load .* — (?:mismatch|torn)/);
  expect((await manager.loadModel('best')).state.file.id).toBe(other);
  truncateSync(path, 50);
  await expect(manager.loadModel({ id })).rejects.toThrow(/^cannot load .* — (?:mismatch|torn)/);
  rmSync(path);
  await expect(manager.loadModel({ id })).rejects.toMatchObject({ code: 'ModelValidation' });
  expect((await manager.best()).id).toBe(other);
  const unchecked = await open(run, { validate_on_load: false });
  await expect(unchecked.loadModel({ id })).rejects.toThrow(/missing/);
});

test('a checkpoint that another process saved anew comes with its own record', async () => {
  const run = temporaryFolder();
  const manager = await open(run);
  const others = await open(run);
  for (const [reward, elements] of [
    [0.1, 1],
    [0.9, 2],
  ] as const) {
    const bytes = writeTorchZip([elements]);
    await others.saveCheckpoint({ source: { chunks: [bytes], size: bytes.length }, reward });
    const { state } = await manager.loadCheckpoint();
    expect(state.metadata).toMatchObject({ reward });
    expect(state.file.checksum).toBe(sha256(readFileSync(state.file.path)));
  }
});

test('a run of which nothing was touched is not looked at again', async () => {
  const { run, ids } = runOf([0.9, 0.1]);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  onTestFinished(() => void vi.useRealTimers());
  const manager = await open(run);
  await manager.best();
  const look = vi.spyOn(manager, 'look');
  for (const _ of [1, 2]) await manager.loadModel('best');
  await manager.loadModel({ id: ids[1] ?? '' });
  expect(look).not.toHaveBeenCalled();
  saveModel(run, 3, { reward: 1 });
  await manager.loadModel('best');
  expect(look).toHaveBeenCalledTimes(1);
});

test('getBestModels has best models alone, and all of them where max_best_models is no limit', async () => {
  const { run, ids } = runOf([0.1, 0.2]);
  saveModel(run, 9, { reward: 5, folder: 'checkpoints' });
  const manager = await open(run, { max_best_models: 0 });
  expect(manager.getBestModels().map(({ id }) => id)).toEqual([ids[1], ids[0]]);
  expect(manager.getBestModelInfo()?.id).toBe(ids[1]);
});

test('getModelVersion is never the torn one of two', async () => {
  const { run, ids } = runOf([0.1, 0.2]);
  const torn = saveModel(run, 2, { reward: 0.01, sidecar: null });
  truncateSync(join(run, torn), 100);
  const manager = await open(run);
  await manager.checkStructures();
  expect(manager.getModelVersion(2)?.id).toBe(ids[1]);
});
