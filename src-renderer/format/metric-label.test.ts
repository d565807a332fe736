import { expect, test } from 'vitest';
import { metricLabel } from './metric-label.ts';

test.each([
  ['sharpe', 'Sharpe ratio'],
  ['win_rate', 'Win rate'],
  ['max_drawdown', 'Max drawdown'],
  ['loss', 'Loss'],
  ['pnl', 'PnL'],
  ['sharpe_30d', 'Sharpe 30d'],
])('%s is named in words', (name, label) => {
  expect(metricLabel(name)).toBe(label);
});

test.each(['eval/mean reward', 'Total PnL', 'SHARPE', '_private', 'a__b', '__proto__', '', '<b>'])(
  '%j is no program’s name and stays as it is',
  (name) => {
    expect(metricLabel(name)).toBe(name);
  },
);
