import { expect, test } from 'vitest';
import { recordedMetrics } from './recorded-metrics.ts';

test('the metrics of a sidecar are its reward and every number it has, NaN too', () => {
  const metrics = { sharpe: 1.5, kl: 'NaN', note: 'good', mean_reward: 0.25 };
  expect(recordedMetrics({ reward: 0.5, metrics })).toEqual([
    { name: 'reward', value: 0.25 },
    { name: 'sharpe', value: 1.5 },
    { name: 'kl', value: Number.NaN },
  ]);
  expect(recordedMetrics({ reward: 0.5 })).toEqual([{ name: 'reward', value: 0.5 }]);
});

test('what is no sidecar tells none', () => {
  for (const value of [null, [], 'text', { metrics: 'none', reward: null }])
    expect(recordedMetrics(value)).toEqual([]);
});
