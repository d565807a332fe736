import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RetentionRules } from '../../../shared/query/plan-retention.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { bestOnly, models, open, save } from './retained-run.fixture.ts';

test('a save prunes nothing by itself where no version has the metric that decides, and says so', async () => {
  const run = temporaryFolder();
  const manager = await open(run, { max_best_models: 1, best_model_selection_metric: 'sortino' });
  await save(manager, 1);
  const { pruned, warnings } = await save(manager, 2);
  expect(pruned).toEqual([]);
  expect(warnings.join()).toMatch(
    /retention did not run: nothing was pruned — no version has a finite value of sortino/,
  );
  expect(models(run)).toHaveLength(2);
});

test('nor does a person keep the best by what no version has: all but the newest would go', async () => {
  const run = temporaryFolder();
  for (const version of [1, 2, 3]) saveModel(run, version);
  const manager = await open(run);
  const metric = { name: 'sortino', mode: 'max', source: 'asked' } as const;
  await expect(manager.prune(bestOnly(1), { metric })).rejects.toThrow(
    'nothing was pruned — no version has a finite value of sortino',
  );
  expect(models(run)).toHaveLength(3);
});

const newestOnly: RetentionRules = { keepBest: null, keepLatest: 1, keepEvery: null, kinds: 'all' };

test('by no rule a version goes where it is not known which is the best, though others tell', async () => {
  const run = temporaryFolder();
  for (const [index, loss] of [0.1, 0.9, 0.2].entries()) saveUnrewarded(run, index + 1, { loss });
  const manager = await open(run);
  const refusal =
    'nothing was pruned — no version has a finite value of mean_reward, which the best are told by — rank by another metric: loss';
  await expect(manager.planPrune(newestOnly)).rejects.toThrow(refusal);
  await expect(manager.prune({ ...newestOnly, keepLatest: null, keepEvery: 100 })).rejects.toThrow(refusal);
  expect(models(run)).toHaveLength(3);
  await manager.planPrune({ ...newestOnly, keepLatest: 3 });
  const metric = { name: 'loss', mode: 'min', source: 'asked' } as const;
  const { decisions } = await manager.planPrune(newestOnly, metric);
  expect(decisions.flatMap(({ keep, reasons }) => (keep ? reasons : []))).toEqual([
    'the best intact version',
    'latest',
    'the newest intact version',
  ]);
});

test('where nothing was measured, or a name tells the best, the newest may be all that stays', async () => {
  const [bare, named] = [temporaryFolder(), temporaryFolder()];
  for (const version of [1, 2, 3]) saveUnrewarded(bare, version, { epoch: version });
  for (const version of [1, 2, 3]) saveUnrewarded(named, version, { loss: version });
  put(named, 'best.pt', writeTorchZip([9]));
  expect((await (await open(bare)).prune(newestOnly)).moved).toBeGreaterThan(0);
  expect(models(bare)).toHaveLength(1);
  expect((await (await open(named)).prune(newestOnly)).moved).toBeGreaterThan(0);
  expect(existsSync(join(named, 'best.pt'))).toBe(true);
});

function saveUnrewarded(run: string, version: number, metrics: Record<string, number>): void {
  put(run, `best_models/model_${version}.pt`, writeTorchZip([version]));
  put(run, `best_models/model_${version}.json`, JSON.stringify({ version, metrics }));
}
