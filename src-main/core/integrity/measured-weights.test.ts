import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { judgeRun } from '../choices/judge-run.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { noteWeights } from './measured-weights.ts';

const problem = 'its weights have NaN in 1 of 2 tensors';

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** A run whose best has weights that are no numbers, which somebody has measured. */
async function measuredRun() {
  const run = temporaryFolder();
  const [first = '', best = ''] = [1, 2].map((number) => saveModel(run, number));
  for (const id of [first, best]) utimesSync(join(run, id), 1000, 1000);
  const manager = await open(run);
  noteWeights(manager, best, manager.identityNow(best), { tensors: 2, nan: 1, infinite: 0 });
  return { run, first, best, manager };
}

test('weights that were found to be no numbers are a problem of their version, and told wherever it is the best, for good', async () => {
  const { run, first, best, manager } = await measuredRun();
  const later = await open(run);
  for (const each of [manager, later]) {
    expect(each.version(best)?.problems).toEqual([problem]);
    expect(each.row(best)?.problems).toEqual([problem]);
    expect(each.version(first)?.problems).toEqual([]);
    expect(each.badges.best).toBe(best);
    expect((await judgeRun(each)).warnings).toContain(problem);
  }
});

test('verifying keeps what was measured, and what is measured what was verified', async () => {
  const { run, best, manager } = await measuredRun();
  await manager.verify(null, () => undefined);
  noteWeights(manager, best, manager.identityNow(best), { tensors: 2, nan: 1, infinite: 0 });
  const later = await open(run);
  expect(later.version(best)).toMatchObject({ problems: [problem], integrity: { state: 'verified' } });
});

test('it goes to the trash and back with its file', async () => {
  const { run, best, manager } = await measuredRun();
  await manager.moveToTrash([best]);
  await manager.undo();
  await manager.look();
  for (const each of [manager, await open(run)]) expect(each.version(best)?.problems).toEqual([problem]);
});

test('it is of no other file: not of one that was written anew, nor of one that changed while it was measured', async () => {
  const { run, first, best, manager } = await measuredRun();
  const identity = manager.identityNow(first);
  put(run, first, 'other bytes');
  noteWeights(manager, first, identity, { tensors: 2, nan: 1, infinite: 0 });
  rmSync(join(run, best));
  writeFileSync(join(run, best), 'other bytes');
  await manager.look();
  expect(manager.weightsOf(first)).toBeNull();
  expect(manager.weightsOf(best)).toBeNull();
});
