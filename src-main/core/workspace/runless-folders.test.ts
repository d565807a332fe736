import { expect, test } from 'vitest';
import { runlessFolders } from './runless-folders.ts';

const searched = ['', 'a', 'empty', 'runs', 'a/logs', 'empty/deeper', 'runs/0', 'runs/1', 'runs/0/plots/png'];

test('folders without a run are those that are none, hold none and are in none, the nearer ones first', () => {
  expect(runlessFolders(searched, new Set(['a', 'runs/0']), 10)).toEqual(['empty', 'empty/deeper', 'runs/1']);
  expect(runlessFolders(searched, new Set(['a', 'runs/0']), 2)).toEqual(['empty', 'empty/deeper']);
});

test('a folder of runs that is a run itself still has folders without one', () => {
  expect(runlessFolders(['', 'empty', 'a'], new Set(['.', 'a']), 10)).toEqual(['empty']);
});
