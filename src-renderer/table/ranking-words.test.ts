import { expect, test } from 'vitest';
import type { SelectionMetric } from '../../shared/model/metric.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { bestBadge, rankingWords } from './ranking-words.ts';

const bySharpe: SelectionMetric = { name: 'sharpe', mode: 'max', source: 'config' };

test('the badge says by which metric and direction a version is the best, and when nobody chose them', () => {
  expect(bestBadge(bySharpe, aRow(1))).toBe('sharpe ↑');
  expect(bestBadge({ name: 'loss', mode: 'min', source: 'default' }, null)).toBe('loss ↓ (default)');
});

test('the badge calls the reward what the version calls it that is the best by it', () => {
  const byDefault: SelectionMetric = { name: 'mean_reward', mode: 'max', source: 'default' };
  const measured = aRow(1, { reward: 2, metrics: { mean_reward: 2 } });
  expect(bestBadge(byDefault, aRow(1, { reward: 2 }))).toBe('reward ↑ (default)');
  expect(bestBadge(byDefault, measured)).toBe('mean_reward ↑ (default)');
  expect(bestBadge({ ...byDefault, name: 'reward' }, measured)).toBe('reward ↑ (default)');
  expect(bestBadge({ ...byDefault, name: 'reward' }, aRow(1, { metrics: { mean_reward: 2 } }))).toBe(
    'mean_reward ↑ (default)',
  );
  expect(bestBadge(byDefault, aRow(1))).toBe('mean_reward ↑ (default)');
});

test('beside the best a metric is called what its column is called', () => {
  expect(rankingWords(bySharpe)).toBe('Sharpe ratio ↑');
  expect(rankingWords({ name: 'mean_reward', mode: 'max', source: 'default' })).toBe('Reward ↑ (default)');
  expect(rankingWords({ name: 'max_drawdown', mode: 'min', source: 'chosen' })).toBe('Max drawdown ↓');
});
