import { expect, test } from 'vitest';
import { countDifferences, problemOfSide } from './diff-words.ts';

const none = { changed: [], identical: 0, added: [], removed: [], equal: [], not_compared: [] };

test('what could not be compared counts in the summary, where there is any', () => {
  expect(countDifferences({ ...none, identical: 32 })).toBe('0 changed, 32 identical, 0 added, 0 removed');
  expect(countDifferences({ ...none, added: ['w'], equal: ['v'], not_compared: ['x', 'y'] })).toBe(
    '0 changed, 0 identical, 1 added, 0 removed, 1 equal in other bytes, 2 could not be compared',
  );
});

test('a problem names the side as the window does', () => {
  expect(problemOfSide('a: its end is missing\nb: no')).toBe('From: its end is missing\nb: no');
  expect(problemOfSide('b: a: torn')).toBe('To: a: torn');
  expect(problemOfSide('nothing was compared')).toBe('nothing was compared');
});
