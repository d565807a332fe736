import { expect, test } from 'vitest';
import type { SelectionMetric } from '../../shared/model/metric.ts';
import { VersionList } from '../versions/version-list.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { isUndecided } from './is-undecided.ts';

const metric: SelectionMetric = { name: 'mean_reward', mode: 'max', source: 'default' };

function listOf(...rows: ReturnType<typeof aRow>[]) {
  const list = new VersionList();
  for (const row of rows) list.metrics.add(row);
  return { list, metrics: list.metrics.list };
}

test('it is to be said what tells the best where nobody said it and no version has the reward that is taken for it', () => {
  const lossAlone = listOf(aRow(1, { metrics: { eval_loss: 0.5 } }));
  const run = { metric, loading: false };
  expect(isUndecided(run, lossAlone)).toBe(true);
  expect(isUndecided({ ...run, loading: true }, lossAlone)).toBe(false);
  expect(isUndecided({ ...run, metric: { ...metric, source: 'config' } }, lossAlone)).toBe(false);
  expect(isUndecided(run, listOf(aRow(1, { reward: 1, metrics: { eval_loss: 0.5 } })))).toBe(false);
  expect(isUndecided(run, listOf(aRow(1)))).toBe(false);
});

test('a config that names a metric, and a direction that cannot be used, leaves no metric to be chosen', () => {
  const lossAlone = listOf(aRow(1, { metrics: { eval_loss: 0.5 } }));
  const why = 'the config’s best_model_selection_mode up cannot be used';
  const undecided = (part: 'name' | 'mode') =>
    isUndecided({ metric: { ...metric, unusable: [{ part, why }] }, loading: false }, lossAlone);
  expect([undecided('name'), undecided('mode')]).toEqual([true, false]);
});
