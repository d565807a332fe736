import { expect, test } from 'vitest';
import { numericMetrics } from './metric-values.ts';
import { negativeMetrics } from './negative-metrics.ts';

const found = (...versions: readonly Record<string, number>[]) =>
  negativeMetrics(versions.map((metrics) => ({ metrics: numericMetrics(metrics) })));

test('a drawdown of which no value is above 0 is written as a negative number', () => {
  expect(
    found({ max_drawdown: -0.2, sharpe: -1 }, { max_drawdown: 0 }, { max_drawdown: Number.NaN }),
  ).toEqual(['max_drawdown']);
});

test('one with a value above 0, or none below, is not', () => {
  expect(found({ max_drawdown: -0.2 }, { sharpe: 1, max_drawdown: 0.1 })).toEqual([]);
  expect(found({ max_drawdown: 0 }, { max_drawdown: 0 })).toEqual([]);
  expect(found()).toEqual([]);
});
