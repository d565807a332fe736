import { expect, test } from 'vitest';
import { contradiction, directionByName, isSharpe } from './direction-by-name.ts';

test.each([
  'loss',
  'policy_loss',
  'valLoss',
  'val/loss',
  'max_drawdown',
  'RMSE',
  'td-error',
  'logloss',
  'val_nll',
  'failure_rate',
])('%s is better when it is smaller', (name) => {
  expect(directionByName(name)?.mode).toBe('min');
  expect(contradiction(name, 'max')).toMatch(/better when it is (smaller|less often)/);
  expect(contradiction(name, 'min')).toBeNull();
});

test.each(['reward', 'mean_reward', 'sharpe', 'total_return', 'win_rate', 'profit_factor', 'val.accuracy'])(
  '%s is better when there is more of it',
  (name) => {
    expect(directionByName(name)?.mode).toBe('max');
    expect(contradiction(name, 'min')).toMatch(/larger|more often/);
    expect(contradiction(name, 'max')).toBeNull();
  },
);

test.each([
  'entropy',
  'num_trades',
  'profit_and_loss',
  'glossary',
  'terror',
  'winter',
  'eval_std_reward',
  'loss_variance',
  '',
  '__proto__',
  'constructor',
])('%s says neither', (name) => {
  expect(directionByName(name)).toBeNull();
  expect([contradiction(name, 'min'), contradiction(name, 'max')]).toEqual([null, null]);
});

test.each(['max_drawdown', 'MaxDrawdown', 'val/mdd', 'cvar_95'])(
  '%s that is written as a negative number is better when it is larger',
  (name) => {
    expect(directionByName(name)?.mode).toBe('min');
    expect(directionByName(name, true)?.mode).toBe('max');
    expect(contradiction(name, 'max', true)).toBeNull();
    expect(contradiction(name, 'min', true)).toMatch(/negative number is better when it is larger/);
  },
);

test('a sign says nothing of other metrics', () => {
  expect(directionByName('policy_loss', true)?.mode).toBe('min');
  expect(directionByName('total_return', true)?.mode).toBe('max');
});

test('a Sharpe ratio is told by its name', () => {
  expect(
    ['sharpe', 'val_sharpe', 'SharpeRatio', 'sharpe/daily', 'sharpened', 'reward'].map(isSharpe),
  ).toEqual([true, true, true, true, false, false]);
});

test('what is computed of Sharpe ratios is none', () => {
  const names = [
    'sharpe_std',
    'sharpe_loss',
    'sharpe/rank',
    'deltaSharpe',
    'deflated_sharpe',
    'sharpe_p_value',
  ];
  expect(names.filter(isSharpe)).toEqual([]);
  expect(['bench_sharpe', 'eval/sharpe_mean', 'sharpe_252', 'BTC_sharpe'].filter(isSharpe)).toHaveLength(4);
});
