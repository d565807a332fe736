import { expect, test } from 'vitest';
import { keptOtherwise, readAsOf, recognisedWords } from './recognised-words.ts';

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

test('what the framework keeps is told apart only where the run itself goes by another', () => {
  const one = { ...keras, sureness: 'sure' as const, best: 'a', last: 'b' };
  expect(keptOtherwise(one, { best: 'a', latest: 'b' })).toEqual({ bests: [], lasts: [], finals: [] });
  expect(keptOtherwise(one, { best: null, latest: 'c' })).toEqual({ bests: ['a'], lasts: ['b'], finals: [] });
  const several = { ...one, bests: ['a', 'c'], finals: ['e'] };
  expect(keptOtherwise(several, { best: 'a', latest: 'b' })).toEqual({
    bests: ['a', 'c'],
    lasts: [],
    finals: ['e'],
  });
  expect(keptOtherwise({ ...keras, sureness: 'likely' }, { best: null, latest: null })).toEqual({
    bests: [],
    lasts: [],
    finals: [],
  });
});

test('a run is read in the way of a framework only where somebody chose that for this window', () => {
  expect(readAsOf({ ...keras, sureness: 'chosen' })).toBe('keras');
  expect(readAsOf({ ...keras, sureness: 'sure' })).toBeNull();
  expect(readAsOf(null)).toBeNull();
});
