import { expect, test } from 'vitest';
import { countOf } from './count-of.ts';

test('an empty field, and a number that is no count, hold none', () => {
  expect(countOf('', 0)).toBeNull();
  expect(countOf('12', 0)).toBeNull();
  expect(countOf(0, 1)).toBeNull();
  expect(countOf(1e300, 0)).toBeNull();
  expect(countOf(0, 0)).toBe(0);
});
