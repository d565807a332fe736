import { expect, test } from 'vitest';
import { commandWords, resultWords } from './history-words.ts';

test('what was done is said in words; what a newer Cairn did stands as it is, and hides nothing', () => {
  expect(commandWords('empty trash')).toBe('Deleted for good');
  expect(commandWords('recover (prune)')).toBe('Settled an interrupted prune');
  expect(commandWords('toString')).toBe('toString');
  expect(commandWords('new\u202ething')).toBe('new[U+202E]thing');
  expect(resultWords({ result: 'done' })).toBe('done');
  expect(resultWords({ result: 'the disk is full\n' })).toBe('the disk is full␊');
});
