import { expect, test } from 'vitest';
import { runlessFolders } from './runless-folders.ts';

const searched = ['', 'a', 'empty', 'runs', 'a/logs', 'empty/deeper', 'runs/0', 'runs/1', 'runs/0/plots/png'];

test('folders without a run are those that are none, hold none and are in none, the nearer ones first', () => {
  expect(runlessFolders(searched, new Set(['a', 'runs/0']))).toEqual(['empty', 'empty/deeper', 'runs/1']);
});

test('those that are told are the same in whichever order a search came to its folders', () => {
  const folders = ['', 'b', 'a', 'b/1', 'a/2', 'a/10', 'a/1/x', 'c'];
  const orders = [folders, folders.toReversed(), folders.toSorted()];
  for (const order of orders)
    expect(runlessFolders(order, new Set())).toEqual(['a', 'b', 'c', 'a/10', 'a/2', 'b/1', 'a/1/x']);
});

test('a folder of runs that is a run itself still has folders without one', () => {
  expect(runlessFolders(['', 'empty', 'a'], new Set(['.', 'a']))).toEqual(['empty']);
});
