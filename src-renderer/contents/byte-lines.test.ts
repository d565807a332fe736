import { expect, test } from 'vitest';
import { byteLines } from './byte-lines.ts';

test('bytes stand in lines of sixteen, each led by its place', () => {
  expect(byteLines(16, '00ff'.repeat(9))).toEqual([
    `00000010  ${Array.from({ length: 8 }, () => '00 ff').join(' ')}`,
    '00000020  00 ff',
  ]);
  expect(byteLines(0, '')).toEqual([]);
});
