import { expect, test } from 'vitest';
import { contradiction, directionByName, isSharpe } from './direction-by-name.ts';

test.each(['loss', 'policy_loss', 'valLoss', 'val/loss', 'max_drawdown', 'RMSE', 'td-error'])(
  '%s is better when it is smaller',
  (name) => {
    expect(directionByName(name)?.mode).toBe('min');
    expect(contradiction(name, 'max')).toMatch(/better when it is smaller/);
    expect(contradiction(name, 'min')).toBeNull();
  },
);

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

test('a Sharpe ratio is told by its name', () => {
  expect(
    ['sharpe', 'val_sharpe', 'SharpeRatio', 'sharpe/daily', 'sharpened', 'reward'].map(isSharpe),
  ).toEqual([true, true, true, true, false, false]);
});
