import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { UsageError } from '../errors.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import type { ModelManager } from '../model-manager.ts';
import { readState } from '../packing/read-state.ts';
import type { TorchTensor } from '../packing/torch-value.ts';
import { failed, open, saved, train } from './train.fixture.ts';

afterEach(() => vi.useRealTimers());

async function weightIn(manager: ModelManager, id: string): Promise<number> {
  const state = (await readState(join(manager.root, id))) as ReadonlyMap<string, unknown>;
  const weights = state.get('model_state_dict') as ReadonlyMap<string, TorchTensor>;
  const { storage } = weights.get('weight') as TorchTensor;
  const [bytes = new Uint8Array()] = storage.chunks() as Iterable<Uint8Array>;
  return new Float32Array(bytes.slice().buffer)[0] ?? Number.NaN;
}

test('a better selection metric is saved as a best model, ties and what is not finite are not', async () => {
  const manager = open(undefined, { best_model_selection_metric: 'loss', best_model_selection_mode: 'min' });
  const { training, told, update } = train(manager, { rules: { minImprovement: 0.1 } });
  for (const loss of [0.9, 0.85, 0.9, Number.NaN, Number.NEGATIVE_INFINITY, 0.5]) await update(1, { loss });
  await training.close();
  expect(told.due).toEqual(['null → 0.9', '0.9 → 0.5']);
  expect(manager.getBestModelInfo()?.metrics).toMatchObject({ loss: 0.5 });
  expect(told.failed).toEqual([]);
});

test('a saved version holds the weights and the training state of the moment it became due', async () => {
  const manager = open();
  const { training, told, update } = train(manager, { rules: { checkpointEverySteps: 2, saveBest: false } });
  for (let step = 1; step <= 5; step += 1) await update(step);
  await training.close();
  const { id, step } = told.saved.at(-1) ?? { id: '', step: 0 };
  expect(await weightIn(manager, id)).toBe(step);
  const { state } = await manager.loadModel({ id });
  expect(state.trainingState).toMatchObject({ global_step: step, global_update: step, best_reward: step });
  expect(state.metadata.reward).toBe(step);
});

test('checkpoints come by steps that are told, and by minutes', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { training, told, update } = train(open(), {
    rules: { checkpointEverySteps: 1000, checkpointEveryMinutes: 10, saveBest: false },
  });
  await update(Number.NaN, { step: 999 });
  await update(Number.NaN, { step: 1001 });
  vi.advanceTimersByTime(10 * 60_000);
  await update(Number.NaN, { step: 1002 });
  expect(told.due).toEqual(['every 1,000 steps', 'every 10 min']);
  expect(training.trainingState.wall_time_seconds).toBeCloseTo(600, 0);
});

test('saves never overlap; what is due meanwhile waits, and only the newest of it is saved', async () => {
  const disk = new FaultDisk(realDisk);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  disk.before = (call) => (/^create .*checkpoint\.pt/.test(call) ? held : undefined);
  const manager = open(undefined, {}, disk);
  const { training, told, update } = train(manager, { rules: { checkpointEverySteps: 1, saveBest: false } });
  for (let step = 1; step <= 50; step += 1) await update(step);
  expect(told.saved).toEqual([]);
  release();
  await training.close();
  expect(told.saved.map(({ step }) => step)).toEqual([1, 50]);
  expect(await weightIn(manager, told.saved.at(-1)?.id ?? '')).toBe(50);
});

test('a training that computes without a pause leaves its saves half of the time', async () => {
  const { told, update } = train(open());
  const compute = (milliseconds: number) => {
    for (const until = performance.now() + milliseconds; performance.now() < until; );
  };
  await update(1);
  for (const until = performance.now() + 15_000; performance.now() < until && told.saved.length === 0; ) {
    compute(100);
    await update(0);
  }
  expect(told.saved).toHaveLength(1);
});

test('a failed save is told and ends nothing; what is better than what is saved is saved next', async () => {
  const disk = new FaultDisk(realDisk);
  const { training, told, update } = train(open(undefined, {}, disk));
  disk.before = (call) => {
    if (told.failed.length === 0 && /^create .*\.pt/.test(call))
      throw Object.assign(new Error('EIO: injected'), { code: 'EIO', syscall: 'open' });
  };
  await update(5);
  await failed(told);
  expect((await update(3)).shouldStop).toBeNull();
  await training.close();
  expect(told.saved.map(({ step }) => step)).toEqual([2]);
});

test('a state that cannot be had is a failed save; the training is told to stop where that was asked for', async () => {
  const { told, update } = train(open(), {
    state: () => Promise.reject(new Error('out of memory')),
    rules: { stopOnFailedSave: true },
  });
  expect((await update(1)).shouldStop).toBe('a save failed: out of memory');
  expect(told.failed).toEqual(['best: out of memory']);
});

const throwing = () => {
  throw new Error('EPIPE: broken pipe');
};
const rejecting = () => Promise.reject(new Error('EPIPE: broken pipe'));

test.each([
  ['onNewBest', 'throws', throwing],
  ['onCheckpointDue', 'throws', throwing],
  ['onSaved', 'throws', throwing],
  ['onSaved', 'rejects', rejecting],
] as const)('where %s %s, all that is due is saved, and its error is thrown once', async (hook, _, fail) => {
  const manager = open();
  const { training, update } = train(manager, {
    rules: { checkpointEverySteps: 1 },
    [hook]: vi.fn().mockImplementationOnce(fail),
  });
  const thrown: unknown[] = [];
  await update(1).catch((error: unknown) => thrown.push(error));
  await training.close().catch((error: unknown) => thrown.push(error));
  expect(thrown).toEqual([expect.objectContaining({ message: 'EPIPE: broken pipe' })]);
  await manager.look();
  expect(manager.getBestModelInfo()?.reward).toBe(1);
  expect(manager.describe('checkpoints/checkpoint.pt').training_state).toMatchObject({ global_step: 1 });
});

test('where the hook for a failed save throws, what else is due is saved', async () => {
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (/^create .*model_v.*\.pt/.test(call))
      throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'open' });
  };
  const { training, told, update } = train(open(undefined, {}, disk), {
    rules: { checkpointEverySteps: 1, stopOnFailedSave: true },
    onSaveFailed: throwing,
  });
  const thrown: unknown[] = [];
  await update(1).catch((error: unknown) => thrown.push(error));
  await training.close().catch((error: unknown) => thrown.push(error));
  expect(thrown).toEqual([expect.objectContaining({ message: 'EPIPE: broken pipe' })]);
  expect(told.saved.map(({ kind }) => kind)).toEqual(['checkpoint']);
});

test('patience says when to stop, and why', async () => {
  const { update } = train(open(), { rules: { patience: 2 } });
  await update(1);
  expect((await update(0)).shouldStop).toBeNull();
  expect((await update(0)).shouldStop).toBe('no better mean_reward than 1 in 2 updates');
});

test('patience goes on over a resume: updates of the process before count, those that measured nothing do not', async () => {
  const first = open();
  const before = train(first, { rules: { checkpointEverySteps: 1, patience: 3 } });
  for (const reward of [5, 1, 2]) await before.update(reward);
  await before.training.onUpdate({ loss: 1 });
  await before.training.close();

  const after = train(open(first.root), { rules: { patience: 3 } });
  await after.training.resume();
  expect((await after.training.onUpdate({ loss: 1 })).shouldStop).toBeNull();
  expect((await after.update(3)).shouldStop).toBe('no better mean_reward than 5 in 3 updates');
});

test('patience counts anew from a best model, by another metric, and where nothing is on record', async () => {
  const first = open();
  const before = train(first, { rules: { checkpointEverySteps: 1 } });
  await before.update(5, { sharpe: 1 });
  await before.update(1, { sharpe: 0 });
  await before.training.close();
  const idleAfter = async (manager: ModelManager) => {
    const { training, update } = train(manager, { rules: { patience: 2 } });
    await training.resume();
    const { shouldStop } = await update(0, { sharpe: -1 });
    await training.close();
    return shouldStop;
  };
  expect(await idleAfter(open(first.root))).toContain('in 2 updates');
  expect(await idleAfter(open(first.root, { best_model_selection_metric: 'sharpe' }))).toBeNull();
  const sidecar = join(first.root, 'checkpoints/checkpoint.json');
  const { since_best: _, ...rest } = JSON.parse(readFileSync(sidecar, 'utf8')) as Record<string, unknown>;
  writeFileSync(sidecar, JSON.stringify(rest));
  expect(await idleAfter(open(first.root))).toBeNull();
  const best = train(open(first.root));
  await best.training.resume();
  await best.update(9);
  await best.training.close();
  expect(await idleAfter(open(first.root))).toBeNull();
});

test('another process goes on from the newest intact version, and knows the best there is', async () => {
  const first = open();
  const before = train(first, { rules: { checkpointEverySteps: 3 } });
  for (const reward of [1, 5, 2]) await before.update(reward);
  await before.training.close();

  const second = open(first.root);
  const after = train(second);
  const { version, trainingState, passedOver } = await after.training.resume();
  expect(passedOver).toEqual([]);
  expect(version?.file.id).toBe('checkpoints/checkpoint.pt');
  expect(trainingState).toMatchObject({ global_step: 3, best_reward: 5, recent_rewards: [1, 5, 2] });
  await after.update(5);
  await after.update(6);
  await after.training.close();
  expect(after.told.due).toEqual(['5 → 6']);
  expect(after.training.trainingState.global_step).toBe(5);
});

test('a damaged newest version is passed over and named; where nothing is, the state is fresh', async () => {
  const empty = await train(open()).training.resume();
  expect(empty).toMatchObject({ version: null, passedOver: [], trainingState: { global_step: 0 } });

  const first = open();
  const { training, told, update } = train(first);
  for (const reward of [1, 2]) {
    await update(reward);
    await saved(told, reward);
  }
  await training.close();
  const [older, newer] = told.saved.map(({ id }) => id);
  appendFileSync(join(first.root, newer ?? ''), 'rot');
  const resumed = await train(open(first.root)).training.resume();
  expect(resumed.version?.file.id).toBe(older);
  expect(resumed.trainingState.global_step).toBe(1);
  expect(resumed.passedOver).toMatchObject([{ id: newer }]);
});

test('a person may choose another metric while it trains: the best goes by that from then on', async () => {
  const manager = open();
  const { training, told, update } = train(manager);
  await update(1, { sharpe: 3 });
  await saved(told, 1);
  await manager.choose((choices) => ({ ...choices, metric: 'sharpe' }));
  await update(9, { sharpe: 2 });
  await update(0, { sharpe: 4 });
  await training.close();
  expect(told.due).toEqual(['null → 1', '3 → 4']);
});

test('rules that are none are refused at once', () => {
  expect(() => train(open(), { rules: { patience: 1.5 } })).toThrow(UsageError);
});
