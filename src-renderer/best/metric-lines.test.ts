import { expect, test } from 'vitest';
import type { RunSummary } from '../../shared/model/run.ts';
import { noChoices } from '../../shared/model/run-choices.ts';
import { keptBySaves, metricLines, unchosenWords } from './metric-lines.ts';

const config = { name: 'mean_reward', mode: 'max', source: 'config' } as const;
const run = (given: Partial<RunSummary> = {}) =>
  ({
    metric: config,
    configuredMetric: config,
    choices: noChoices,
    negativeMetrics: [],
    ...given,
  }) as RunSummary;

test('reward comes first and once, whichever of its names is in the files', () => {
  const lines = metricLines(run(), ['sharpe', 'mean_reward', 'loss']);
  expect(lines.map(({ name, mode, isChosen }) => [name, mode, isChosen])).toEqual([
    ['reward', 'max', true],
    ['sharpe', 'max', false],
    ['loss', 'min', false],
  ]);
});

test('what the run is ranked by is listed though no version has it', () => {
  const metric = { name: 'sortino', mode: 'max', source: 'config' } as const;
  const lines = metricLines(run({ metric, configuredMetric: metric }), ['sharpe']);
  expect(lines.map(({ name, isChosen }) => [name, isChosen])).toEqual([
    ['sortino', true],
    ['reward', false],
    ['sharpe', false],
  ]);
});

test('no end is taken for the better one that nobody has said', () => {
  const [, entropy] = metricLines(run(), ['entropy']);
  expect([entropy?.name, entropy?.mode]).toEqual(['entropy', null]);
});

test('metrics are called what their columns are called', () => {
  expect(metricLines(run(), ['sharpe', 'max_drawdown']).map(({ label }) => label)).toEqual([
    'Reward',
    'Sharpe ratio',
    'Max drawdown',
  ]);
});

test('where nothing tells the best, what was measured on data held back comes first, and no reward that no version has', () => {
  const lines = metricLines(
    run({ metric: { ...config, source: 'default' } }),
    ['loss', 'epoch', 'eval_loss'],
    true,
  );
  expect(lines.map(({ name, isChosen }) => [name, isChosen])).toEqual([
    ['eval_loss', false],
    ['loss', false],
    ['epoch', false],
  ]);
});

test('a direction that contradicts its name is flagged', () => {
  const choices = { ...noChoices, directions: [{ metric: 'loss', mode: 'max' as const }] };
  const flags = metricLines(run({ choices }), ['loss', 'val_loss']).map(({ name, flag }) => [name, flag]);
  expect(flags).toEqual([
    ['reward', null],
    ['loss', 'A loss is better when it is smaller.'],
    ['val_loss', null],
  ]);
});

test('what a save keeps is told as the config has it, also where it sets no limit', () => {
  expect([keptBySaves(5), keptBySaves(0)]).toEqual(['keeps the 5 best', 'removes no version']);
});

test('a config is said to choose the metric only where it does', () => {
  const byDefault = { ...config, source: 'default' } as const;
  const words = (configuredMetric: RunSummary['metric']) =>
    unchosenWords({ configuredMetric, recognised: null });
  expect(words(config)).toBe('Its config says Reward ↑.');
  expect(words({ ...config, source: 'framework' })).toBe('Its framework says Reward ↑.');
  expect(words(byDefault)).toBe('Without your choice it is Reward ↑ (default).');
  const unusable = [
    { part: 'name', why: "the config's best_model_selection_metric 5 cannot be used" },
  ] as const;
  expect(words({ ...byDefault, unusable })).toBe(
    "Without your choice it is Reward ↑ (default): the config's best_model_selection_metric 5 cannot be used.",
  );
});
