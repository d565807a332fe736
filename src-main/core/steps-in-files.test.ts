import { copyFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { RetentionRules } from '../../shared/query/plan-retention.ts';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { writeTorchNotes } from './formats/fixtures/write-notes.ts';
import { ModelManager } from './model-manager.ts';

const everySteps = (keepEvery: number): RetentionRules => ({
  keepBest: null,
  keepLatest: null,
  keepEvery,
  kinds: 'all',
});

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** A model as the reference saves it: the step stands in the file alone. Gives its id. */
function putModel(run: string, version: number, training: Record<string, number> = {}): string {
  const stem = `best_models/model_v${String(version).padStart(4, '0')}_reward0.${version}000`;
  put(run, `${stem}.pt`, writeTorchNotes({ training_state: training }));
  put(run, `${stem}.json`, JSON.stringify({ version, reward: version / 10 }));
  return `${stem}.pt`;
}

test('one in every K steps is kept of models whose step is in their files alone', async () => {
  const run = temporaryFolder();
  const ids = [1, 2, 3, 4, 5, 6, 7, 8].map((each) => putModel(run, each, { global_step: each * 100 }));
  const untold = putModel(run, 9);
  const manager = await open(run);
  const { decisions } = await manager.planPrune(everySteps(400));
  const reasons = new Map(decisions.map(({ id, reasons }) => [id, reasons]));
  expect(decisions.flatMap(({ id, keep }) => (keep ? [id] : []))).toEqual([ids[0], ids[3], ids[7], untold]);
  expect(reasons.get(ids[3] ?? '')).toEqual(['every 400 steps (step 400)']);
  expect(reasons.get(ids[1] ?? '')).toEqual(['no rule keeps it']);
});

test('every best model of the sample run that stands alone at its steps is kept', async () => {
  const run = join(temporaryFolder(), 'run');
  cpSync(join(import.meta.dirname, '../../build/sample-run/run'), run, { recursive: true });
  const manager = await open(run);
  await manager.verify(null, () => undefined);
  const { decisions } = await manager.planPrune({ ...everySteps(1000), kinds: 'best' });
  const gone = decisions.filter(({ keep }) => !keep);
  expect(gone.map(({ reasons }) => reasons)).toEqual([['mismatch']]);
});

test('a step that a sidecar lacks is read from the file once, where it is wanted', async () => {
  const run = temporaryFolder();
  const [id, other] = [putModel(run, 1, { global_step: 64 }), putModel(run, 2, { epoch: 3 })];
  const manager = await open(run);
  await manager.readOwnRecords();
  expect(manager.version(id)).toMatchObject({ step: null });
  expect(manager.steplessIds()).toEqual([id, other]);
  await manager.readSteps();
  const told = { reward: 0.1, step: 64, metadata_source: 'sidecar', training_state: null };
  expect(manager.version(id)).toMatchObject(told);
  expect(manager.row(id)).toMatchObject({ reward: 0.1, step: 64, metadata_source: 'sidecar' });
  expect(manager.listed(other)?.step).toBeNull();
  expect(manager.steplessIds()).toEqual([]);
  await manager.look();
  expect(manager.version(id)).toMatchObject(told);
});

test('a step that a sidecar has goes before that of its file, and one of other bytes is forgotten', async () => {
  const run = temporaryFolder();
  const [id, other] = [putModel(run, 1, { global_step: 64 }), putModel(run, 2, { global_step: 128 })];
  const manager = await open(run);
  await manager.readSteps();
  put(run, id.replace('.pt', '.json'), JSON.stringify({ version: 1, training_state: { global_step: 7 } }));
  copyFileSync(join(run, id), join(run, other));
  await manager.look();
  expect([id, other].map((each) => manager.version(each)?.step)).toEqual([7, null]);
  await manager.readSteps();
  expect(manager.version(other)?.step).toBe(64);
});

test('a file whose sidecar went after its step was read is asked for all that it says', async () => {
  const run = temporaryFolder();
  const id = putModel(run, 1, { global_step: 64, global_episode: 5 });
  const manager = await open(run);
  await manager.readSteps();
  rmSync(join(run, id.replace('.pt', '.json')));
  await manager.look();
  await manager.readOwnRecords();
  expect(manager.version(id)).toMatchObject({ step: 64, episode: 5, metadata_source: 'contents' });
});

test('a run that is followed shows the steps that its sidecars lack', async () => {
  const run = temporaryFolder();
  const id = putModel(run, 1, { global_step: 64 });
  const manager = await open(run);
  manager.follow();
  await vi.waitFor(() => expect(manager.row(id)?.step).toBe(64), { timeout: 15_000, interval: 50 });
});

test('a step that is no number is none: the name, or the file, tells it', async () => {
  const run = temporaryFolder();
  const id = putModel(run, 1, { global_step: 64 });
  put(run, id.replace('.pt', '.json'), '{"version": 1, "training_state": {"global_step": NaN}}');
  const manager = await open(run);
  expect(manager.listed(id)?.step).toBeNull();
  await manager.readSteps();
  expect(manager.listed(id)?.step).toBe(64);
});
