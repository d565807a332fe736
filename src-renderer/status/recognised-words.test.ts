import { expect, test } from 'vitest';
import { readAsOf, recognisedWords } from './recognised-words.ts';

const keras = { layout: 'keras', name: 'Keras', why: 'a file says so', best: null, last: null };

test('what the framework keeps and goes on from is told, one or several', () => {
  const one = { ...keras, sureness: 'sure' as const, best: 'a', last: 'b' };
  expect(recognisedWords(one)).toBe('a file says so. This is sure. Its own best is a. It goes on from b.');
  expect(
    recognisedWords({
      ...one,
      bests: ['a', 'c'],
      lasts: ['b', 'd'],
      finals: ['e'],
      others: [{ name: 'Flax', keeps: ['f', 'g'] }],
    }),
  ).toBe(
    'a file says so. This is sure. Its own bests are a, c. It goes on from each of b, d. Training ended with e. It may be of Flax too, which keeps f, g.',
  );
});

test('a run is read in the way of a framework only where somebody chose that for this window', () => {
  expect(readAsOf({ ...keras, sureness: 'chosen' })).toBe('keras');
  expect(readAsOf({ ...keras, sureness: 'sure' })).toBeNull();
  expect(readAsOf(null)).toBeNull();
});
