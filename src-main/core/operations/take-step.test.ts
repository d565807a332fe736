import { expect, test } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { judgeStep } from './judge-step.ts';
import { moveStep, placeStep } from './make-step.ts';
import { type Step, stepSchema } from './operation.ts';
import { takeSteps, untakeSteps } from './take-step.ts';

const kept = '.cairn/trash/save-1/files/m.pt';

function disk(): MemoryDisk {
  const made = new MemoryDisk();
  for (const name of ['old.pt', 'm.pt', '.cairn/trash/save-1/files/x'])
    made.plant(`/run/${name}`, `the ${name}`);
  return made;
}

function textAt(memory: MemoryDisk, name: string): string | undefined {
  return memory.files().get(`/run/${name}`)?.toString();
}

async function stateOf(memory: MemoryDisk, step: Step): Promise<string> {
  return (await judgeStep(memory, '/run', step)).state;
}

test('Nothing foreign is touched: a file that comes at the last moment keeps its name', async () => {
  const memory = disk();
  const step = await moveStep(memory, '/run', 'old.pt', 'new.pt');
  const racing = new FaultDisk(memory);
  racing.before = (call) => {
    if (call.startsWith('link')) memory.plant('/run/new.pt', 'of a training');
  };
  await expect(takeSteps(racing, '/run', [step])).rejects.toThrow('changed on disk');
  expect(textAt(memory, 'new.pt')).toBe('of a training');
  expect(textAt(memory, 'old.pt')).toBe('the old.pt');
});

test('a file that is not the one that was to be replaced stays, and so it is when all is taken back', async () => {
  const memory = disk();
  const step = await placeStep(memory, '/run', 'old.pt', 'm.pt', 'save-1');
  await memory.unlink('/run/m.pt');
  memory.plant('/run/m.pt', 'of a training');
  expect(await stateOf(memory, step)).toBe('blocked');
  await expect(takeSteps(memory, '/run', [step])).rejects.toThrow('changed on disk');
  await untakeSteps(memory, '/run', [step]);
  expect(textAt(memory, 'm.pt')).toBe('of a training');
});

test('taking back spares what a training wrote over the new file; the old one stays in the trash', async () => {
  const memory = disk();
  const step = await placeStep(memory, '/run', 'old.pt', 'm.pt', 'save-1');
  await takeSteps(memory, '/run', [step]);
  expect([textAt(memory, 'm.pt'), textAt(memory, kept)]).toEqual(['the old.pt', 'the m.pt']);
  await memory.unlink('/run/m.pt');
  memory.plant('/run/m.pt', 'of a training');
  await untakeSteps(memory, '/run', [step]);
  expect([textAt(memory, 'm.pt'), textAt(memory, kept)]).toEqual(['of a training', 'the m.pt']);
});

test('a file of the same inode but another size is another file', async () => {
  const memory = disk();
  const step = await moveStep(memory, '/run', 'old.pt', 'new.pt');
  expect(await stateOf(memory, step)).toBe('pending');
  expect(await stateOf(memory, { ...step, size: 1 })).toBe('lost');
});

test('a file that was rewritten in place, at the same size, is not the one that was to be replaced', async () => {
  const memory = disk();
  const step = await placeStep(memory, '/run', 'old.pt', 'm.pt', 'save-1');
  memory.rewrite('/run/m.pt', 'THE m.pt');
  expect(await stateOf(memory, step)).toBe('blocked');
  await expect(takeSteps(memory, '/run', [step])).rejects.toThrow('changed on disk');
  expect(textAt(memory, 'm.pt')).toBe('THE m.pt');
});

test('a record of an older version, which has the inodes alone, is still understood', async () => {
  const memory = disk();
  const { mtime: _, replaced: __, ...older } = await placeStep(memory, '/run', 'old.pt', 'm.pt', 'save-1');
  expect(await stateOf(memory, stepSchema.parse(older))).toBe('pending');
  await takeSteps(memory, '/run', [older]);
  expect([textAt(memory, 'm.pt'), textAt(memory, kept)]).toEqual(['the old.pt', 'the m.pt']);
});

test('wherever taking back is cut off, no file is without a name', async () => {
  const start = disk();
  start.plant('/run/best_models/a.pt', 'a model');
  const steps = [await moveStep(start, '/run', 'best_models/a.pt', '.cairn/trash/save-1/files/a.pt')];
  await takeSteps(start, '/run', steps);
  for (const folder of ['/run/best_models', '/run/.cairn/trash/save-1/files']) await start.syncFolder(folder);
  for (let call = 1; call < 20; call += 1) {
    const memory = start.copy();
    const cut = new FaultDisk(memory, { call, code: 'EPOWER', forever: true });
    await untakeSteps(cut, '/run', steps).catch(() => undefined);
    for (const state of memory.crashStates())
      expect([...state.files().values()].map(String), `call ${call}`).toContain('a model');
  }
});
