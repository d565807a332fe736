import { expect, test } from 'vitest';
import { formatCount } from './plain-text.ts';

test.each([
  [0, '0'],
  [1_234_567, '1,234,567'],
  [2 ** 63, '9,223,372,036,854,775,808'],
  [1e21, '1,000,000,000,000,000,000,000'],
  [Number.NaN, 'NaN'],
])('%d is told as %s, with all its digits', (count, told) => {
  expect(formatCount(count)).toBe(told);
});
