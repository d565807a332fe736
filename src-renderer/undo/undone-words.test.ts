import { expect, test } from 'vitest';
import { undoneWords } from './undone-words.ts';

test.each([
  [{ restored: 1, removed: 0 }, '1 version is back'],
  [{ restored: 0, removed: 2 }, '2 versions are in the trash'],
  [{ restored: 2, removed: 1 }, '2 versions are back, 1 version is in the trash'],
  [{ restored: 0, removed: 0 }, 'No version had to change'],
])('what comes back and what leaves is said: %o', (undone, words) => {
  expect(undoneWords(undone)).toBe(words);
});
