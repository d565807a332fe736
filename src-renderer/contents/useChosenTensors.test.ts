import { expect, test } from 'vitest';
import { toggleAll } from './useChosenTensors.ts';

test('a module that is chosen in part becomes chosen as a whole, and one that is chosen no longer is', () => {
  const part = toggleAll(new Set(), [1]);
  const whole = toggleAll(part, [0, 1, 2]);
  expect([...whole].sort()).toEqual([0, 1, 2]);
  expect([...toggleAll(whole, [0, 1])]).toEqual([2]);
});
