import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { tensorOf } from '../packing/torch-value.ts';
import type { SaveSource } from '../save/save-request.ts';
import { failed, open, patient, saved, train } from './train.fixture.ts';
import type { GivenRules } from './training-rules.ts';

test('closing finishes what is due, saves the end where that is asked for, and only once', async () => {
  const manager = open();
  const { training, told, update } = train(manager, { rules: { checkpointEverySteps: 2, saveBest: false } });
  for (let step = 1; step <= 3; step += 1) await update(step);
  await Promise.all([training.close({ lastCheckpoint: true }), training.close({ lastCheckpoint: true })]);
  expect(told.saved.at(-1)?.step).toBe(3);
  const count = told.saved.length;
  expect(await update(4)).toMatchObject({ shouldStop: 'the training is closed' });
  await training.close();
  expect(told.saved).toHaveLength(count);
});

test('an end that could not be saved as a checkpoint is saved as one at last', async () => {
  const disk = new FaultDisk(realDisk);
  const { training, told, update } = train(open(undefined, {}, disk), {
    rules: { checkpointEverySteps: 1, saveBest: false },
  });
  disk.before = (call) => {
    if (told.failed.length === 0 && /^create .*\.pt/.test(call))
      throw Object.assign(new Error('EIO: injected'), { code: 'EIO', syscall: 'open' });
  };
  await update(1);
  await failed(told);
  await training.close({ lastCheckpoint: true });
  expect(told.saved.map(({ step }) => step)).toEqual([1]);
});

/** A training whose states come when they are told to, once it waits for one. */
async function waitForState(rules: GivenRules, answers: (() => Promise<SaveSource>)[]) {
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const state = vi.fn(() => answered.then(answers.shift() ?? intact));
  const { training, told, update } = train(open(), { rules, state });
  const updated = update(1);
  await vi.waitFor(() => expect(state).toHaveBeenCalled(), patient);
  return { training, told, updated, answer };
}

const intact = async (): Promise<SaveSource> => ({ model: { weight: tensorOf(Float32Array.of(1)) } });

test('an end that comes while a state is waited for lets all that is due be saved, and saves no end twice', async () => {
  const { training, told, updated, answer } = await waitForState({ checkpointEverySteps: 1 }, []);
  const closed = training.close({ lastCheckpoint: true });
  await setImmediate();
  answer();
  await closed;
  expect(told.saved.map(({ kind }) => kind)).toEqual(['best', 'checkpoint']);
  await updated;
});

test('where the state that is waited for fails, the end is saved all the same', async () => {
  const failing = () => Promise.reject(new Error('out of memory'));
  const rules = { checkpointEverySteps: 1, saveBest: false };
  const { training, told, updated, answer } = await waitForState(rules, [failing]);
  const closed = training.close({ lastCheckpoint: true });
  answer();
  await closed;
  expect(told.failed).toEqual(['checkpoint: out of memory']);
  expect(told.saved.map(({ step }) => step)).toEqual([1]);
  await updated;
});

test('a state that does not come within the grace is a failed save, and is not saved later', async () => {
  const { training, told, updated, answer } = await waitForState({ saveBest: true }, []);
  await training.close({ grace: 10 });
  expect(told.failed).toEqual([expect.stringContaining('given up')]);
  answer();
  await updated;
  await setImmediate();
  expect(told.saved).toEqual([]);
  expect(told.failed).toHaveLength(1);
});

test('a hook may close the training: what is due is saved', async () => {
  const { training, told, update } = train(open(), {
    rules: { checkpointEverySteps: 1 },
    onNewBest: () => void training.close(),
  });
  await update(1);
  await training.close();
  expect(told.saved.map(({ kind }) => kind)).toEqual(['best', 'checkpoint']);
});

test('a save that takes longer than the grace is undone: nothing of it is left, and what was there stays', async () => {
  const manager = open();
  let hang = false;
  async function* slowly() {
    yield Buffer.alloc(1000);
    while (hang) yield await new Promise<Buffer>((resolve) => setTimeout(resolve, 5, Buffer.alloc(1)));
  }
  const { training, told, update } = train(manager, {
    state: () => ({ chunks: slowly(), size: null }),
    rules: { checkpointEverySteps: 1, saveBest: false },
  });
  await update(1);
  await saved(told, 1);
  hang = true;
  await update(2);
  await training.close({ grace: 50 });
  hang = false;
  expect(told.failed).toEqual([expect.stringContaining('given up')]);
  expect(readdirSync(join(manager.root, 'checkpoints')).sort()).toEqual(['checkpoint.json', 'checkpoint.pt']);
  expect(manager.describe('checkpoints/checkpoint.pt').training_state).toMatchObject({ global_step: 1 });
});

test('an end that is asked for again, with a grace, keeps to that', async () => {
  let hang = true;
  async function* slowly() {
    while (hang) yield await new Promise<Buffer>((resolve) => setTimeout(resolve, 5, Buffer.alloc(1)));
  }
  const { training, told, update } = train(open(), {
    state: () => ({ chunks: slowly(), size: null }),
    rules: { checkpointEverySteps: 1, saveBest: false },
  });
  await update(1);
  const closed = training.close();
  const hurried = training.close({ grace: 50 });
  const ended = await Promise.race([closed.then(() => 'ended'), sleep(3000, 'waits')]);
  hang = false;
  await hurried;
  expect(ended).toBe('ended');
  expect(told.failed).toEqual([expect.stringContaining('given up')]);
});

test('signals are listened for until the training is closed, however often that is asked for', async () => {
  const count = () => process.listenerCount('SIGTERM') + process.listenerCount('SIGINT');
  const before = count();
  const { training } = train(open());
  training.endOnSignals();
  training.endOnSignals();
  expect(count()).toBe(before + 2);
  await training.close();
  expect(count()).toBe(before);
});
