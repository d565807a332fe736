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
