import { expect, test } from 'vitest';
import { brokenFirst } from './broken-first.ts';

test('layers with NaN come first, and all others as they stand in the file', () => {
  const layers = [
    { label: 'b', norms: [1, null] },
    { label: 'z', norms: [1, 'NaN'] },
    { label: 'a', norms: [1, 'Infinity'] },
    { label: 'c', norms: ['NaN', 2] },
  ];
  expect(brokenFirst(layers).map(({ label }) => label)).toEqual(['z', 'c', 'b', 'a']);
  expect(brokenFirst([])).toEqual([]);
});
