import { expect, test } from 'vitest';
import { plainText } from './copy-plainly.ts';
import { exactNumber, formatNumber } from './format-number.ts';

test('numbers that are copied are read by programs', () => {
  for (const value of [-0.0614, -1.5e-12, 2e-7, -1e21, Number.NEGATIVE_INFINITY])
    expect(Number(plainText(exactNumber(value)))).toBe(value);
  expect(plainText(`Reward\n${formatNumber(-0.0614)}\t${formatNumber(-1.5e-7)} (−2)`)).toBe(
    'Reward\n-0.0614\t-1.500e-7 (-2)',
  );
});

test('names that are copied stay as they are', () => {
  for (const name of ['/runs/−5/model.pt', 'a−1', 'gap − 3']) expect(plainText(name)).toBe(name);
});
