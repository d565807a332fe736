import { expect, test } from 'vitest';
import { aRow } from '../versions/version-row.fixture.ts';
import { lostByRun, lostWords } from './lost-words.ts';

const best = aRow(1, { is_best: true });
const other = aRow(2);
const alone = aRow(3, { runId: 'other' });
const metric = { name: 'sharpe', mode: 'max', source: 'config' } as const;

test('each run is asked by itself, and one that loses nothing of note is not told of', () => {
  expect([...lostByRun([best, other, alone], [other])]).toEqual([]);
  expect([...lostByRun([best, other, alone], [best, alone])]).toEqual([
    ['run', { best: true, left: 'intact' }],
    ['other', { best: false, left: 'none' }],
  ]);
});

test('what is lost is told in sentences', () => {
  const words = (best_: boolean, left: 'intact' | 'broken' | 'none', going = [best]) =>
    lostWords({ best: best_, left }, going, metric);
  expect(words(true, 'intact')).toBe('It is the best by Sharpe ratio.');
  expect(words(true, 'broken', [best, other])).toBe(
    'v1, the best by Sharpe ratio, is among them. No version that is left is intact.',
  );
  expect(words(false, 'none')).toBe('It is the only version of the run.');
  expect(words(false, 'none', [best, other])).toBe('No version is left in the run then.');
});
