import { expect, test } from 'vitest';
import { underline } from './underline.ts';

test.each([
  ['reward > 0.4 and sharp >= 1', 17, 22, '  reward > 0.4 and sharp >= 1\n                   ^^^^^\n'],
  ['reward >', 8, 8, '  reward >\n          ^\n'],
  ['', 0, 0, '  \n  ^\n'],
  ['a\tand\nb', 6, 7, '  a and b\n        ^\n'],
  ['a\u202e zz = 1', 3, 5, '  a\\u202e zz = 1\n          ^^\n'],
  ['note = 東京 zz = 1', 10, 12, '  note = 東京 zz = 1\n              ^^\n'],
])('the fault in %j stands over carets', (query, start, end, expected) => {
  expect(underline(query, { start, end })).toBe(expected);
});

test('of a long query only what is around the fault is shown', () => {
  const query = `${'a '.repeat(500)}zz = 1${' b'.repeat(500)}`;
  const [shown = '', carets = ''] = underline(query, { start: 1000, end: 1002 }).split('\n');
  expect(shown.length).toBeLessThan(120);
  expect(shown.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('zz');
  expect(underline('x'.repeat(5000), { start: 4000, end: 5000 }).split('\n')[0]?.length).toBeLessThan(140);
});
