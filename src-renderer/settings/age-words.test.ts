import { expect, test } from 'vitest';
import { ageWords } from './age-words.ts';

test('an age as settings have it is told in words', () => {
  expect(['7d', '1w', '12h', 'soon', null].map(ageWords)).toEqual([
    '7 days',
    '1 week',
    '12 hours',
    null,
    null,
  ]);
});
