import { expect, test } from 'vitest';
import { unlistedWords } from './trash-words.ts';

test('a list of versions that ends before they do says how many more there are', () => {
  expect(unlistedWords(1)).toBe('1 more version is not listed: all come back, or go, together.');
  expect(unlistedWords(1500)).toBe('1,500 more versions are not listed: all come back, or go, together.');
});
