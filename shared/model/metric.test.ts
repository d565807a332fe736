import { describe, expect, test } from 'vitest';
import type { JsonObject } from './json.ts';
import {
  directionOf,
  isSameMetric,
  measuredValue,
  metricNames,
  metricReader,
  metricValue,
} from './metric.ts';
import { numericMetrics } from './metric-values.ts';

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

test('which end is better is what the run says of its metric and what was told of others, never guessed', () => {
  const selection = { name: 'mean_reward', mode: 'max' as const };
  const told = new Map([
    ['loss', 'min' as const],
    ['reward', 'min' as const],
  ]);
  const ends = ['reward', 'mean_reward', 'loss', 'sharpe'].map((name) => directionOf(name, selection, told));
  expect(ends).toEqual(['max', 'max', 'min', null]);
});
