import { expect, test } from 'vitest';
import { rankingWords, stateToTell } from './run-words.ts';

test('no search is said to have found nothing while what it found is on its way', () => {
  expect([stateToTell('done', true), stateToTell('stopped', true)]).toEqual(['searching', 'searching']);
  expect([stateToTell('done', false), stateToTell('stopped', false)]).toEqual(['done', 'stopped']);
  expect([stateToTell('gone', true), stateToTell('failed', true)]).toEqual(['gone', 'failed']);
});

test('what tells the best of a run is called as everywhere on the screen', () => {
  expect(rankingWords({ metric: { name: 'max_drawdown', mode: 'min' } })).toBe('Max drawdown ↓');
});
