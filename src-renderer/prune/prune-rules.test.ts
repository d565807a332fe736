import { expect, test } from 'vitest';
import { equivalentCommand } from '../../shared/command/equivalent-command.ts';
import { type DirectedRun, directionOf } from '../../shared/model/metric.ts';
import { noChoices } from '../../shared/model/run-choices.ts';
import { defaultStorageConfig } from '../../shared/model/storage-config.ts';
import {
  askedRules,
  callOf,
  firstRules,
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
  layout: 'cairn',
  recognised: null,
} as const;
const recognised = {
  layout: 'keras',
  name: 'Keras',
  why: '',
  sureness: 'sure',
  best: null,
  last: null,
} as const;

const cairnRun = { layout: 'cairn', recognised: null } as const;

test('a run that limits nothing is not pruned to nothing', () => {
  expect(ownRules({ ...run, config: { ...run.config, max_best_models: 0 } }).keepBest).toBeNull();
  expect(ownRules(run)).toMatchObject({
    keepBest: 5,
    kinds: 'best',
    metric: { name: 'sharpe', mode: 'max' },
  });
});

test('of a run that a framework laid out checkpoints are concerned, and nothing goes until somebody chooses', () => {
  const files = { layout: 'files', recognised } as const;
  expect(ownRules({ ...run, ...files })).toMatchObject({ keepBest: null, kinds: 'all' });
  // A file of a framework's name in a run of ours.
  expect(ownRules({ ...run, recognised })).toMatchObject({ keepBest: 5, kinds: 'best' });
  expect(firstRules([files, files])).toMatchObject({ keepBest: null, kinds: 'all', metric: null });
  expect(firstRules([files, cairnRun]).kinds).toBe('best');
  expect(firstRules([files, { ...files, recognised: null }]).kinds).toBe('best');
});

test('another metric comes with its better end: the models of the highest loss are not the best', () => {
  const { metric } = run;
  const end = (name: string, of: DirectedRun) =>
    withMetric(ownRules(run), name, (each) => directionOf(each, of)).metric;
  const loss = (choices: typeof noChoices) => end('loss', { metric, choices });
  expect(loss(noChoices)).toEqual({ name: 'loss', mode: 'min' });
  expect(loss({ ...noChoices, directions: [{ metric: 'loss', mode: 'max' }] })?.mode).toBe('max');
  expect(end('sharpe', { metric: { ...metric, mode: 'min' }, choices: noChoices })?.mode).toBe('min');
  expect(withMetric(ownRules(run), '', () => 'max').metric).toBeNull();
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

test('the command over several runs names each of them, and no metric where each goes by its own', () => {
  const call = callOf(askedRules({ ...firstRules([cairnRun]), keepBest: 2 }), ['/a/one', '/a/the other']);
  expect(equivalentCommand(call ?? { command: 'log', words: [] }, 'posix')).toBe(
    "cairn prune --keep-best=2 --kinds=best --yes /a/one '/a/the other'",
  );
  expect(callOf(askedRules(firstRules([cairnRun])), ['/a/one'])).toBeNull();
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
