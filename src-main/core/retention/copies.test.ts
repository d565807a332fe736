import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { RetentionRules } from '../../../shared/query/plan-retention.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { removedBy } from './plan-with-survivors.ts';

const best = (keepBest: number): RetentionRules => ({
  keepBest,
  keepLatest: null,
  keepEvery: null,
  kinds: 'all',
});

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

const reasonsOf = async (manager: ModelManager, rules: RetentionRules) =>
  new Map((await manager.planPrune(rules)).decisions.map(({ id, reasons }) => [id, reasons.join(', ')]));

test('a best model and the checkpoint that it was copied from fill one place of the best', async () => {
  const run = temporaryFolder();
  const [, second = '', third = ''] = [1, 2, 3].map((version) => saveModel(run, version));
  mkdirSync(join(run, 'checkpoints'));
  const copy = 'checkpoints/step_300.pt';
  copyFileSync(join(run, third), join(run, copy));
  copyFileSync(join(run, third.replace('.pt', '.json')), join(run, copy.replace('.pt', '.json')));
  saveModel(run, 4, { reward: 0.01 });
  const manager = await open(run);
  const reasons = await reasonsOf(manager, best(2));
  expect(reasons.get(copy)).toBe(`same bytes as ${third}`);
  expect(reasons.get(second)).toBe('best #2 by mean_reward');
  await manager.prune(best(2));
  expect([third, second, copy].map((id) => existsSync(join(run, id)))).toEqual([true, true, false]);
});

test('copies that no record tells of are known by their bytes, once these are read', async () => {
  const run = temporaryFolder();
  const bytes = writeTorchZip([7]);
  const named = ['epoch=3-val_acc=0.90.ckpt', 'epoch=3-val_acc=0.90-v1.ckpt', 'epoch=2-val_acc=0.80.ckpt'];
  put(run, named[0] ?? '', bytes);
  put(run, named[1] ?? '', bytes);
  put(run, named[2] ?? '', writeTorchZip([6]));
  put(run, 'epoch=1-val_acc=0.10.ckpt', writeTorchZip([5]));
  const manager = await open(run);
  const plan = await manager.planPrune(best(2), { name: 'val_acc', mode: 'max', source: 'asked' });
  const gone = plan.decisions.filter(({ keep }) => !keep).map(({ id, reasons }) => [id, ...reasons]);
  const [original] = plan.decisions.filter(({ reasons }) => reasons.includes('best #1 by val_acc'));
  const copy = named.slice(0, 2).find((name) => name !== original?.id);
  expect(gone).toContainEqual([copy, `same bytes as ${original?.id}`]);
  expect(plan.decisions.find(({ id }) => id === named[2])?.keep).toBe(true);
});

test('The last good one stays: a copy is no copy where the original turns out to be damaged', async () => {
  const run = temporaryFolder();
  const [original = ''] = [saveModel(run, 3), saveModel(run, 1), saveModel(run, 2)];
  mkdirSync(join(run, 'checkpoints'));
  const copy = 'checkpoints/step_300.pt';
  copyFileSync(join(run, original), join(run, copy));
  copyFileSync(join(run, original.replace('.pt', '.json')), join(run, copy.replace('.pt', '.json')));
  const size = writeTorchZip([3]).length;
  writeFileSync(join(run, original), Buffer.alloc(size, 1));
  const manager = await open(run);
  const plan = await manager.planPrune(best(1));
  expect(plan.decisions.find(({ id }) => id === copy)?.reasons[0]).toBe('best #1 by mean_reward');
  expect(removedBy(plan)).toContain(original);
});

test('The last good one stays: what only a record tells to be a copy is read, and stays where it is none', async () => {
  const run = temporaryFolder();
  const [first = '', second = ''] = [5, 4, 3, 2].map((version) =>
    saveModel(run, version, { reward: version }),
  );
  const sidecarOf = (id: string) => join(run, id.replace('.pt', '.json'));
  const { checksum } = JSON.parse(readFileSync(sidecarOf(first), 'utf8'));
  const told = { ...JSON.parse(readFileSync(sidecarOf(second), 'utf8')), checksum };
  writeFileSync(sidecarOf(second), JSON.stringify(told));
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: { max_best_models: 3 } });
  onTestFinished(() => manager.close());
  const source = { chunks: [writeTorchZip([9])], size: writeTorchZip([9]).length };
  const { pruned } = await manager.saveBestModel({ source, reward: 1 });
  expect(pruned).not.toContain(second);
  expect(existsSync(join(run, second))).toBe(true);
  expect(manager.version(second)?.integrity.state).toBe('mismatch');
});
