import { expect, test } from 'vitest';
import { MetricCatalog } from './metric-catalog.ts';
import { aRow } from './version-row.fixture.ts';

test('a reward is known under either of its names, until no row has one', () => {
  const catalog = new MetricCatalog();
  catalog.add(aRow(1, { metrics: { eval_loss: 0.5 } }));
  expect(catalog.hasReward).toBe(false);
  catalog.add(aRow(2, { reward: 0 }));
  expect(catalog.hasReward).toBe(true);
  catalog.recount([aRow(3, { metrics: { mean_reward: 1 } })]);
  expect(catalog.hasReward).toBe(true);
  catalog.recount([aRow(4)]);
  expect([catalog.hasReward, catalog.list]).toEqual([false, []]);
});

test('of each metric it is known whether a value has a fraction, and whether one needs an exponent', () => {
  const catalog = new MetricCatalog();
  catalog.add(aRow(1, { reward: 0.5, metrics: { kl: 1e-5, trades: 12, sharpe: Number.POSITIVE_INFINITY } }));
  catalog.add(aRow(2, { metrics: { kl: 1, sharpe: 0.5 } }));
  expect(catalog.list).toEqual([
    { name: 'kl', fractional: true, exponent: true, isReward: false },
    { name: 'trades', fractional: false, exponent: false, isReward: false },
    { name: 'sharpe', fractional: true, exponent: false, isReward: false },
  ]);
  expect(catalog.isRewardLong).toBe(false);
  catalog.add(aRow(3, { reward: 1e300 }));
  expect(catalog.isRewardLong).toBe(true);
});

test('a metric that is the reward under another name is known, until a version says otherwise', () => {
  const catalog = new MetricCatalog();
  const isReward = () => catalog.list.map((metric) => metric.isReward);
  catalog.add(aRow(1, { reward: 5, metrics: { eval_mean_reward: 5, loss: 1 } }));
  expect(isReward()).toEqual([true, false]);
  catalog.add(aRow(2, { reward: 6, metrics: { eval_mean_reward: 6, loss: 6 } }));
  expect(isReward()).toEqual([true, false]);
  catalog.add(aRow(3, { metrics: { eval_mean_reward: 6 } }));
  expect(isReward()).toEqual([false, false]);
});

test('what no version has is known, and nothing of no versions', () => {
  const catalog = new MetricCatalog();
  const lacking = () => [...catalog.lacking];
  expect(lacking()).toEqual([]);
  catalog.add(aRow(1, { step: 10, episode: null, timestamp: null }));
  expect(lacking()).toEqual(['episode', 'timestamp']);
  const before = catalog.lacking;
  catalog.add(aRow(2, { step: null, episode: null, timestamp: null }));
  expect(catalog.lacking).toBe(before);
  catalog.add(aRow(3, { step: null, episode: 1, timestamp: null }));
  expect(lacking()).toEqual(['timestamp']);
  catalog.recount([]);
  expect(lacking()).toEqual([]);
});
