import { expect, test } from 'vitest';
import { plainFileName, plainFileNames } from './plain-file-name.ts';

test.each(['../../etc/passwd', '/etc/passwd', 'C:\\x', '..', 'a\0b', '\u202e', '-rf', 'a/b\\c'])(
  'a name made of %j leads nowhere',
  (name) => {
    expect(plainFileName(name, 'tensor')).toMatch(/^\w[\w.-]*$/);
  },
);

test('names that would be one are told apart, also where capitals make no difference', () => {
  expect(plainFileNames(['a/b', 'a_b', 'A_B', 'a_b-2', '', ''], 'tensor')).toEqual([
    'a_b',
    'a_b-2',
    'A_B-3',
    'a_b-2-2',
    'tensor',
    'tensor-2',
  ]);
});
