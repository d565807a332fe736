import { expect, test } from 'vitest';
import { readAsOf } from './recognised-words.ts';

const keras = { layout: 'keras', name: 'Keras', why: 'a file says so', best: null, last: null };

test('a run is read in the way of a framework only where somebody chose that for this window', () => {
  expect(readAsOf({ ...keras, sureness: 'chosen' })).toBe('keras');
  expect(readAsOf({ ...keras, sureness: 'sure' })).toBeNull();
  expect(readAsOf(null)).toBeNull();
});
