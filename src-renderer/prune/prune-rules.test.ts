import { expect, test } from 'vitest';
import { equivalentCommand } from '../../shared/command/equivalent-command.ts';
import { noChoices } from '../../shared/model/run-choices.ts';
import { defaultStorageConfig } from '../../shared/model/storage-config.ts';
import {
  metricChoices,
  ownRules,
  placeOf,
  pruneCall,
  requestOf,
  sliderPlaces,
  valueAt,
  withMetric,
} from './prune-rules.ts';

const run = {
  runId: 'r',
  folder: '/my runs/a',
  metric: { name: 'sharpe', mode: 'max', source: 'config' },
  config: { ...defaultStorageConfig, max_best_models: 5 },
} as const;

test('a run that limits nothing is not pruned to nothing', () => {
  expect(ownRules({ ...run, config: { ...run.config, max_best_models: 0 } }).keepBest).toBeNull();
  expect(ownRules(run)).toMatchObject({
    keepBest: 5,
    kinds: 'best',
    metric: { name: 'sharpe', mode: 'max' },
  });
});

test('another metric comes with its better end: the models of the highest loss are not the best', () => {
  const { metric } = run;
  const loss = (choices: typeof noChoices) => withMetric(ownRules(run), 'loss', { metric, choices }).metric;
  expect(loss(noChoices)).toEqual({ name: 'loss', mode: 'min' });
  expect(loss({ ...noChoices, directions: [{ metric: 'loss', mode: 'max' }] }).mode).toBe('max');
  const back = withMetric(ownRules(run), 'sharpe', {
    metric: { ...metric, mode: 'min' },
    choices: noChoices,
  });
  expect(back.metric.mode).toBe('min');
});

test('the way back to the run’s own metric, and to the reward, stays among the choices', () => {
  expect(metricChoices('sharpe', ['loss'], false)).toEqual(['sharpe', 'loss']);
  expect(metricChoices('sharpe', ['loss', 'sharpe'], true)).toEqual(['reward', 'loss', 'sharpe']);
  expect(metricChoices('sharpe', ['mean_reward', 'sharpe'], true)).toEqual(['mean_reward', 'sharpe']);
});

test('the command says the rules, and a metric only where it is not the run’s own', () => {
  const rules = { ...ownRules(run), keepEvery: 100 };
  const line = (given: typeof rules) =>
    equivalentCommand(pruneCall(run, given) ?? { command: 'log', words: [] }, 'posix');
  expect(requestOf(run, rules)).toEqual({ ...rules, runId: 'r', metric: null });
  expect(line(rules)).toBe("cairn prune --keep-best=5 --keep-every=100 --kinds=best --yes '/my runs/a'");
  expect(line({ ...rules, metric: { name: 'my loss', mode: 'min' } })).toContain(
    "'--metric=my loss' --mode=min",
  );
  expect(pruneCall(run, { ...rules, keepBest: null, keepEvery: null })).toBeNull();
});

test('every number that a slider can show comes back from its place; the ends are the ends', () => {
  for (const most of [1, 26, 200]) {
    expect(valueAt(sliderPlaces, 0, most)).toBe(most);
    for (let value = 0; value <= most; value += 1)
      expect(valueAt(placeOf(value, 0, most), 0, most)).toBe(value);
  }
  expect(placeOf(5, 0, 0)).toBe(0);
  expect(placeOf(500, 0, 100)).toBe(sliderPlaces);
});
