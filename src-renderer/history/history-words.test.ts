import { expect, test } from 'vitest';
import { bytesWords, commandWords, resultWords, tookWords } from './history-words.ts';

test('what was done is said in words; what a newer Cairn did stands as it is, and hides nothing', () => {
  expect(commandWords('empty trash')).toBe('Deleted for good');
  expect(commandWords('recover (prune)')).toBe('Recovered an interrupted prune');
  expect(commandWords('choose')).toBe('Changed the metric for “best”');
  expect(commandWords('pin+tag')).toBe('Pinned, changed tags');
  expect(commandWords('toString')).toBe('toString');
  expect(commandWords('new\u202ething')).toBe('new[U+202E]thing');
  expect(resultWords({ result: 'done' })).toBe('done');
  expect(resultWords({ result: 'the disk is full\n' })).toBe('the disk is full␊');
});

test('what took less than ten seconds says so in tenths', () => {
  expect([0.01, 0.118, 1, 2.34, 61].map(tookWords)).toEqual([
    'under 0.1 s',
    '0.1 s',
    '1 s',
    '2.3 s',
    '1 min 1 s',
  ]);
});

test('bytes are named after what was done to the files, and are sizes of files in any case', () => {
  expect(bytesWords('prune')).toBe(bytesWords('trash'));
  expect(bytesWords('verify backups')).toBe('Files read');
  expect(bytesWords('something newer')).toBe('Size of the files');
});
