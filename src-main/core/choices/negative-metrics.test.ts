import { expect, onTestFinished, test } from 'vitest';
import { directionOf } from '../../../shared/model/metric.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { judgeRun } from './judge-run.ts';
import { warningsOfRanking } from './measured-with.ts';

async function openWith(...drawdowns: readonly number[]): Promise<ModelManager> {
  const run = temporaryFolder();
  for (const [index, max_drawdown] of drawdowns.entries())
    saveModel(run, index + 1, { sidecar: { metrics: { max_drawdown } } });
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

const drawdown = (mode: 'max' | 'min') => ({ name: 'max_drawdown', mode, source: 'asked' }) as const;

test('a drawdown that a run writes as a negative number is better when it is larger, and ranking it the other way is told', async () => {
  const manager = await openWith(-0.05, -0.45, -0.2);
  expect(manager.negativeMetrics).toEqual(['max_drawdown']);
  expect(directionOf('max_drawdown', manager)).toBe('max');
  expect(await warningsOfRanking([{ run: manager }], drawdown('max'))).toEqual([]);
  expect(await warningsOfRanking([{ run: manager }], drawdown('min'))).toEqual([
    'A drawdown that is written as a negative number is better when it is larger. Ranked by max_drawdown with the smallest as best.',
  ]);
  const judged = async (mode: 'max' | 'min') =>
    (
      await judgeRun(manager, { metric: drawdown(mode), best: [...manager.list()][0]?.id ?? null })
    ).warnings.join();
  expect(await judged('min')).toContain('is better when it is larger');
  expect(await judged('max')).not.toContain('is better when');
});

test('one that is written as a positive number is better when it is smaller', async () => {
  const manager = await openWith(0.05, 0.45);
  expect(manager.negativeMetrics).toEqual([]);
  expect(directionOf('max_drawdown', manager)).toBe('min');
});
