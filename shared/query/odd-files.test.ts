import { expect, test } from 'vitest';
import { withoutOdd } from './odd-files.ts';

const file = (id: string, is: boolean | null, source: 'sidecar' | 'file_name' = 'file_name') => ({
  id,
  is,
  source,
});
const left = (...files: readonly ReturnType<typeof file>[]) =>
  withoutOdd(files, ({ is }) => is).map(({ id }) => id);

test('among checkpoints a file that is none is left out, unless a sidecar says that it was saved as one', () => {
  expect(left(file('a', true), file('b', false), file('c', null))).toEqual(['a', 'c']);
  expect(left(file('a', true), file('b', false, 'sidecar'))).toEqual(['a', 'b']);
});

test('where none is recognised all are what their trainer writes', () => {
  expect(left(file('a', false), file('b', null))).toEqual(['a', 'b']);
});
