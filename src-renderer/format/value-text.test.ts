import { expect, test } from 'vitest';
import { valueText } from './value-text.ts';

test('numbers of a file have the minus sign of the window, its texts stay as they are', () => {
  expect([-0.5, '-0.5', true, null, [1, -2], 'a\nb'].map(valueText)).toEqual([
    '−0.5',
    '-0.5',
    'true',
    'null',
    '[1,-2]',
    'a␊b',
  ]);
});
