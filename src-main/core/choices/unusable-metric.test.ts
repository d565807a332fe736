import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { warningsOfPruning } from '../retention/warnings-of-pruning.ts';
import { judgeRun } from './judge-run.ts';

/** `${m}` of Hydra. */
const interpolation = ['$', '{m}'].join('');

async function open(config: string): Promise<ModelManager> {
  const run = temporaryFolder();
  put(run, '.hydra/config.yaml', config);
  saveModel(run, 1, { sidecar: { metrics: { mean_reward: 3, loss: 0.5 } } });
  saveModel(run, 2, { sidecar: { metrics: { mean_reward: 1, loss: 0.1 } } });
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

test.each([
  [
    `storage: {best_model_selection_metric: "${interpolation}"}`,
    `Ranked by mean_reward, max, by default: the config's best_model_selection_metric ${interpolation} is an interpolation, which is shown and not resolved.`,
  ],
  [
    'storage: {best_model_selection_metric: loss, best_model_selection_mode: up}',
    expect.stringMatching(
      /^Ranked by loss, max, by default: the config's best_model_selection_mode up cannot be used \(.+\)\.$/,
    ),
  ],
  [
    'storage: {best_model_selection_metric: 5, best_model_selection_mode: up}',
    expect.stringMatching(
      /^Ranked by mean_reward, max, .+_metric 5 cannot .+; the config's .+_mode up cannot/,
    ),
  ],
  ['storage: [', 'Ranked by mean_reward, max, by default: .hydra/config.yaml cannot be read.'],
])('what the config says and cannot be used is no choice of it, and is told: %s', async (config, warning) => {
  const manager = await open(config);
  expect(manager.metric.source).toBe('default');
  const judgement = await judgeRun(manager);
  expect([judgement.source, judgement.warnings[0]]).toEqual(['default', warning]);
  expect(await warningsOfPruning(manager, manager.settledMetric)).toEqual([warning]);
});

test('what a person chose instead is no default', async () => {
  const manager = await open(`storage: {best_model_selection_metric: "${interpolation}"}`);
  await manager.choose((choices) => ({ ...choices, metric: 'loss' }));
  expect(manager.metric).toEqual({ name: 'loss', mode: 'min', source: 'chosen' });
  expect(await warningsOfPruning(manager, manager.settledMetric)).toEqual([]);
});

test('a config of which both can be used is believed, and nothing is told', async () => {
  const manager = await open('storage: {best_model_selection_metric: loss, best_model_selection_mode: min}');
  expect(manager.metric).toEqual({ name: 'loss', mode: 'min', source: 'config' });
  expect(await warningsOfPruning(manager, manager.settledMetric)).toEqual([]);
});
