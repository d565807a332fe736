import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostileWords } from '../../shared/command/hostile-words.fixture.ts';
import { quoteWord } from '../../shared/command/quote-word.ts';

/** The words that bash makes of a line. */
function wordsOf(line: string): string[] {
  const printed = execFileSync('bash', ['--norc', '-c', `printf '%s\\0' ${line}`], {
    encoding: 'utf8',
    env: { LC_ALL: 'C' },
  });
  return printed.split('\0').slice(0, -1);
}

test('bash reads every word back as it is, whatever is in it', () => {
  expect(wordsOf(hostileWords.map((word) => quoteWord(word, 'posix')).join(' '))).toEqual(hostileWords);
  const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((word) => word.replaceAll('\0', ''));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(text, fc.constantFrom(...hostileWords)), { minLength: 1, maxLength: 60 }),
      (words) => {
        expect(wordsOf(words.map((word) => quoteWord(word, 'posix')).join(' '))).toEqual(words);
      },
    ),
    { numRuns: 20 },
  );
});
