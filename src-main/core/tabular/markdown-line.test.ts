import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markdownLine, markdownText } from './markdown-line.ts';

const parts = /`([^`]*)`|<code>(.*?)<\/code>|(<br>)|([^`<]+)/g;

/** What GitHub shows of a cell: code as it stands, references as letters, lines as lines. */
function shown(cell: string): string {
  return cell.replace(parts, (_, code?: string, letters?: string, line?: string, plain?: string) => {
    if (line) return '\n';
    return (
      code ?? plain ?? (letters ?? '').replace(/&#(\d+);/g, (_all, at) => String.fromCodePoint(Number(at)))
    );
  });
}

test('whatever is in a text is read back from its cell, and nothing of it ends the cell', () => {
  const special = fc.constantFrom(
    '|',
    '\\',
    '`',
    '``',
    '\n',
    '<b>',
    '&amp;',
    '*',
    '_',
    '@x',
    '#1',
    ' ',
    '<br>',
    '😀',
  );
  const letters = fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
  });
  const text = fc.array(fc.oneof(special, letters)).map((all) => all.join(''));
  fc.assert(
    fc.property(text, (written) => {
      const cell = markdownText(written);
      expect(cell).not.toMatch(/[|\n\r]/);
      expect(shown(cell)).toBe(written);
    }),
  );
});

test('plain words stay as they are, all else is code, and what turns text round is seen', () => {
  const expected = [
    ['learning_rate', 'learning_rate'],
    ['config.lr 0.1', 'config.lr 0.1'],
    ['__proto__', '`__proto__`'],
    ['ping @octocat', '`ping @octocat`'],
    ['www.example.org', '`www.example.org`'],
    ['a|b', '<code>a&#124;b</code>'],
    ['say `x`', '<code>say &#96;x&#96;</code>'],
    ['one\r\n<img src=x>', 'one<br>`<img src=x>`'],
    ['a\u202eb', '`a\\u202eb`'],
    ['', ''],
  ];
  for (const [text = '', markdown] of expected) expect(markdownText(text)).toBe(markdown);
  expect(markdownLine(['a', '`b`'])).toBe('| a | `b` |\n');
});
