import { expect, test } from 'vitest';
import { equivalentCommand } from './equivalent-command.ts';
import { hostileWords } from './hostile-words.fixture.ts';
import { invisible } from './invisible.ts';
import { quoteWord } from './quote-word.ts';

test('nothing of a command hides, or turns its text round', () => {
  for (const shell of ['posix', 'powershell'] as const)
    for (const word of hostileWords) expect(quoteWord(word, shell)).not.toMatch(new RegExp(invisible.source));
});

test('PowerShell gets its own quotes, where curly ones count too', () => {
  expect(quoteWord("C:\\my runs\\it's", 'powershell')).toBe("'C:\\my runs\\it''s'");
  expect(quoteWord('a\u2019b', 'powershell')).toBe("'a\u2019\u2019b'");
  expect(quoteWord('$x\n`', 'powershell')).toBe('"`$x$([char]0xa)``"');
});

test('options come first, those without a value are left out, and no word is taken for an option', () => {
  const call = {
    command: 'backup',
    options: [['--label', '-x y'], ['--to', null], '--json'],
    words: ['/my run', '-v1.pt'],
  } as const;
  expect(equivalentCommand(call, 'posix')).toBe("cairn backup '--label=-x y' --json -- '/my run' -v1.pt");
  expect(equivalentCommand({ command: 'log', words: ['/run'] }, 'posix')).toBe('cairn log /run');
});
