import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteWord } from '../../../shared/command/quote-word.ts';
import { splitWords } from './split-words.ts';

test.each([
  ['python eval.py {model} --seed {seed}', ['python', 'eval.py', '{model}', '--seed', '{seed}']],
  ['  a\t b\n', ['a', 'b']],
  [`'it is' "one word"`, ['it is', 'one word']],
  [`a'b c'"d e"f`, ['ab cd ef']],
  [`'' ""`, ['', '']],
  ['a\\ b \\\\ \\"', ['a b', '\\', '"']],
  ['"\\$HOME \\x \\" \\\\"', ['$HOME \\x " \\']],
  [`'\\' $HOME * | > ; # ~`, ['\\', '$HOME', '*', '|', '>', ';', '#', '~']],
  ['a\\\nb "c\\\nd"', ['ab', 'cd']],
  ['a \\\n b', ['a', 'b']],
  ['a\u00a0b', ['a\u00a0b']],
  ['', []],
])('%j is split into %j', (line, words) => {
  expect(splitWords(line)).toEqual(words);
});

test.each(["a 'b", 'a "b', 'a "b\\"', 'a\\'])('%j is refused: it is not finished', (line) => {
  expect(() => splitWords(line)).toThrow(/cannot be split into words/);
});

test('what was quoted comes back word for word', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme' })),
      fc.constantFrom(' ', '\t', ' \n '),
      (words, gap) => {
        const clean = words.map((word) => word.replaceAll('\0', ''));
        expect(splitWords(clean.map((word) => quoteWord(word, 'posix')).join(gap))).toEqual(clean);
      },
    ),
    { seed: 1 },
  );
});

test('a shell splits the same line into the same words', () => {
  const marks = fc.constantFrom('a', 'ö', ' ', '\\', "'", '"', '{', '}');
  const lines = fc
    .sample(fc.array(marks, { maxLength: 12 }), { numRuns: 600, seed: 2 })
    .map((each) => each.join(''))
    .filter(isFinished);
  expect(lines.length).toBeGreaterThan(100);
  const script = lines.map((line) => `printf '%s\\0' x ${line}\nprintf '\\1'`).join('\n');
  const byShell = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\u0001');
  for (const [index, line] of lines.entries())
    expect([line, ...['x', ...splitWords(line)]]).toEqual([
      line,
      ...(byShell[index] ?? '').split('\0').slice(0, -1),
    ]);
});

function isFinished(line: string): boolean {
  try {
    splitWords(line);
    return true;
  } catch {
    return false;
  }
}
