import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { failed, open, saved, train } from './train.fixture.ts';

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
