import { describe, expect, test } from 'vitest';
import type { JsonObject } from './json.ts';
import {
  agreedDirection,
  directionOf,
  isSameMetric,
  measuredValue,
  metricNames,
  metricReader,
  metricValue,
  type SelectionMetric,
  selectionOf,
  withDirection,
} from './metric.ts';
import { numericMetrics } from './metric-values.ts';
import { noChoices } from './run-choices.ts';

const measured = (metrics: JsonObject, reward: number | null = null) => ({ metrics, reward });

describe('reward and mean_reward are one metric', () => {
  test.each(['reward', 'mean_reward'])(
    '%s is metrics.mean_reward where present, else the reward field',
    (name) => {
      expect(metricValue(measured({ mean_reward: 0.7 }, 0.2), name)).toBe(0.7);
      expect(metricValue(measured({ mean_reward: 0 }, 0.2), name)).toBe(0);
      expect(metricValue(measured({}, 0.2), name)).toBe(0.2);
      expect(metricValue(measured({ reward: 9 }, 0.2), name)).toBe(0.2);
      expect(metricValue(measured({}), name)).toBeNull();
    },
  );

  test('either name is the other, and no other metric is another', () => {
    expect(isSameMetric('reward', 'mean_reward')).toBe(true);
    expect(isSameMetric('sharpe', 'sharpe')).toBe(true);
    expect(isSameMetric('reward', 'sharpe')).toBe(false);
  });

  test('a mean_reward of NaN is present: the reward field does not stand in for it', () => {
    expect(metricValue(measured({ mean_reward: Number.NaN }, 0.2), 'reward')).toBeNaN();
  });
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'a metric called %s is a metric like any other, and missing where it is not written',
  (name) => {
    expect(metricValue(measured({}), name)).toBeNull();
    const metrics = JSON.parse(`{"${name}": 3}`) as JsonObject;
    expect(metricValue(measured(metrics), name)).toBe(3);
    expect(metricNames([measured(metrics)])).toEqual([name]);
  },
);

test('texts, lists and nested values are no numbers', () => {
  const metrics = { text: '3', list: [1], nested: { a: 1 }, yes: true, none: null };
  for (const name of Object.keys(metrics)) expect(metricValue(measured(metrics), name)).toBeNull();
  expect(metricNames([measured(metrics)])).toEqual([]);
});

test('every numeric metric of the run is named once, NaN included, in the order met', () => {
  const versions = [measured({ sharpe: 1, note: 'x' }), measured({ win_rate: Number.NaN, sharpe: 2 })];
  expect(metricNames(versions)).toEqual(['sharpe', 'win_rate']);
});

test('a reader of a metric gives what asking each version gives, also where their names differ', () => {
  const rows = [
    { metrics: { sharpe: 1, mean_reward: 2 }, reward: 3 },
    { metrics: { mean_reward: 4, sharpe: Number.NaN }, reward: null },
    { metrics: { '': 5 }, reward: 6 },
    { metrics: {}, reward: null },
  ].map(({ metrics, reward }) => ({ metrics: numericMetrics(metrics), reward }));
  for (const name of ['sharpe', 'reward', 'mean_reward', '', 'constructor']) {
    const read = metricReader(name);
    expect(rows.map(read)).toEqual(rows.map((row) => measuredValue(row, name)));
  }
});

describe('which metric ranks a run, and which end of it is better', () => {
  const configured: SelectionMetric = { name: 'mean_reward', mode: 'min', source: 'config' };

  test('is what the config says, until a person chooses', () => {
    expect(selectionOf(configured, noChoices)).toBe(configured);
    expect(selectionOf(configured, { ...noChoices, metric: 'sharpe' })).toEqual({
      name: 'sharpe',
      mode: 'max',
      source: 'chosen',
    });
  });

  test('a person may choose the direction alone, by either name of the reward', () => {
    expect(selectionOf(configured, withDirection(noChoices, 'reward', 'max'))).toEqual({
      name: 'mean_reward',
      mode: 'max',
      source: 'chosen',
    });
    expect(selectionOf(configured, withDirection(noChoices, 'loss', 'max'))).toBe(configured);
  });

  test('a person goes before the config, the config before the name, the name before the larger', () => {
    const run = { metric: configured, choices: withDirection(noChoices, 'loss', 'max') };
    expect(
      ['loss', 'reward', 'mean_reward', 'policy_loss', 'sharpe', 'entropy'].map((name) =>
        directionOf(name, run),
      ),
    ).toEqual(['max', 'min', 'min', 'min', 'max', 'max']);
  });

  test('a direction is said once, and can be taken back', () => {
    const once = withDirection(withDirection(noChoices, 'reward', 'min'), 'mean_reward', 'max');
    expect(once.directions).toEqual([{ metric: 'mean_reward', mode: 'max' }]);
    expect(withDirection(once, 'reward', null)).toEqual(noChoices);
  });
});

test('of several runs a metric has the direction on which all that say one agree', () => {
  const runBy = (name: string, mode: 'max' | 'min') => ({
    metric: { name, mode, source: 'config' } as const,
    choices: noChoices,
  });
  expect(agreedDirection('wobble', [runBy('wobble', 'min'), runBy('other', 'max')])).toBe('min');
  expect(agreedDirection('wobble', [runBy('wobble', 'min'), runBy('wobble', 'max')])).toBeNull();
  expect(agreedDirection('wobble', [runBy('other', 'max')])).toBeNull();
});
