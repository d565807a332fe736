import { expect, test } from 'vitest';
import { formatDifference, formatMetric, shortMetric, signedDifference } from './format-metric.ts';

test('a share is in percent wherever it is shown, and its differences in percentage points', () => {
  expect(formatMetric('win_rate', 0.5298)).toBe('52.98%');
  expect(formatMetric('bench_win_rate', 1)).toBe('100.00%');
  expect(shortMetric('win_rate', 0.525)).toBe('52.5%');
  expect(signedDifference('win_rate', 0.5294, 0.5298)).toBe('+0.04 pp');
  expect(signedDifference('win_rate', 0.5, 0.25)).toBe('−25.00 pp');
  expect(formatDifference('win_rate', 0, 0.00001)).toBe('0.0010 pp');
  expect(formatDifference('win_rate', 0.5, 0.5)).toBe('0.00 pp');
});

test('what cannot be a share is the number that it is', () => {
  expect(formatMetric('win_rate', 52.98)).toBe('52.9800');
  expect(signedDifference('win_rate', 52, 53)).toBe('+1');
});

test('any other metric is a number; whole ones stay whole unless others beside them have fractions', () => {
  expect(formatMetric('sharpe', 1.58531)).toBe('1.5853');
  expect(formatMetric('num_trades', 2896)).toBe('2,896');
  expect(formatMetric('sharpe', 2, true)).toBe('2.0000');
  expect(formatMetric('sharpe', null)).toBe('–');
  expect(formatMetric('sharpe', Number.NaN)).toBe('NaN');
  expect(signedDifference('max_drawdown', 0.1788, 0.1728)).toBe('−0.0060');
  expect(formatDifference('sharpe', 1, 3)).toBe('2');
});
